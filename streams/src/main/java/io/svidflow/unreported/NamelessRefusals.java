package io.svidflow.unreported;

import io.svidflow.event.SvidFetchEvent;
import io.svidflow.event.SvidSignal;
import io.svidflow.event.SvidSignalKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Refusals that name no pod: at info level an agent logs a process id only. They belong to whoever waited on the node at
 * that time.
 */
final class NamelessRefusals {

    /** A client asks again some seconds after its identity is there, and a clock is read to the second. */
    private static final Duration AROUND = Duration.ofSeconds(5);

    private final Map<String, List<Instant>> byNode = new TreeMap<>();

    void see(SvidFetchEvent event) {
        if (event.getBody() instanceof SvidSignal signal
                && signal.getKind() == SvidSignalKind.REFUSED
                && signal.getPodUid() == null
                && event.getHeader().getNode() != null) {
            byNode.computeIfAbsent(event.getHeader().getNode(), node -> new ArrayList<>())
                    .add(event.getHeader().getEventTime());
        }
    }

    List<Unreported> explain(Collection<PodStory> stories, Reported reported) {
        List<Unreported> told = new ArrayList<>();
        byNode.forEach((node, refusals) -> {
            List<Spell> waits = stories.stream()
                    .filter(story -> node.equals(story.pod().getNode()))
                    .map(PodStory::waiting)
                    .map(wait -> new Spell(
                            wait.from().minus(AROUND),
                            wait.to() == null ? null : wait.to().plus(AROUND)))
                    .toList();
            List<Instant> open = refusals.stream()
                    .filter(at -> !reported.covers(node, new Spell(at, at)))
                    .sorted()
                    .toList();
            tell(
                    told,
                    node,
                    open.stream().filter(at -> waited(waits, at)).toList(),
                    Reason.PROPAGATION,
                    " of callers that the log does not name, while pods of the node waited for their identity");
            tell(
                    told,
                    node,
                    open.stream().filter(at -> !waited(waits, at)).toList(),
                    Reason.NOT_EXPECTED,
                    " of callers that the log does not name, while no pod of the node was known to wait: most likely"
                            + " nobody registered them");
        });
        return told;
    }

    private static boolean waited(List<Spell> waits, Instant at) {
        return waits.stream().anyMatch(wait -> wait.contains(at));
    }

    private static void tell(List<Unreported> told, String node, List<Instant> times, Reason reason, String whose) {
        if (!times.isEmpty()) {
            int count = times.size();
            told.add(new Unreported(
                    reason,
                    node,
                    node,
                    times.get(0),
                    times.get(count - 1),
                    count,
                    (count == 1 ? "1 refusal" : count + " refusals") + whose));
        }
    }
}
