package io.svidflow.incident;

import io.svidflow.event.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Entries of many waiting pods that were created in one instant: whoever writes entries caught up in one pass. */
final class LateEntries {

    static final String PREFIX = "the entries of ";

    /** The server rounds the creation to whole seconds. */
    private static final Duration INSTANT = Duration.ofSeconds(1);
    /** Each of them waited for minutes: two at once are no chance. */
    private static final int MANY = 2;

    private LateEntries() {}

    static Optional<String> of(Incident incident, ClusterState state) {
        Collection<Instant> created = state.waits().lateEntries(incident.getId());
        List<Instant> best = created.stream()
                .map(first -> created.stream()
                        .filter(other -> !other.isBefore(first) && !other.isAfter(first.plus(INSTANT)))
                        .sorted()
                        .toList())
                .max((a, b) -> a.size() != b.size()
                        ? Integer.compare(a.size(), b.size())
                        : b.get(0).compareTo(a.get(0)))
                .orElse(List.of());
        return best.size() < MANY
                ? Optional.empty()
                : Optional.of(PREFIX + best.size() + " waiting pods were created in one instant, at " + best.get(0)
                        + ": whoever writes entries caught up in one pass");
    }
}
