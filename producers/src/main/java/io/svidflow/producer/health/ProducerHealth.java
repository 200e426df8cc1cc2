package io.svidflow.producer.health;

import io.svidflow.producer.delivery.SourceStatus;
import io.svidflow.producer.live.Supervisor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The health of a process that observes: whether its sources run, and how far behind their heartbeats are. */
public final class ProducerHealth implements Health {

    private final Supervisor supervisor;
    private final Supplier<List<SourceStatus>> statuses;
    private final Duration mostLag;
    private final Clock clock;

    /**
     * @param statuses how the sources fare now
     * @param mostLag how far behind the clock a source's heartbeats may be
     */
    public ProducerHealth(Supervisor supervisor, Supplier<List<SourceStatus>> statuses, Duration mostLag, Clock clock) {
        this.supervisor = supervisor;
        this.statuses = statuses;
        this.mostLag = mostLag;
        this.clock = clock;
    }

    @Override
    public List<String> dead() {
        return supervisor.alive() ? List.of() : List.of("the thread of a live source has ended");
    }

    @Override
    public List<String> unready() {
        List<String> reasons = new ArrayList<>();
        supervisor.failures().forEach((name, why) -> reasons.add(name + " is to be started again after: " + why));
        List<SourceStatus> sources = statuses.get();
        if (sources.isEmpty()) {
            reasons.add("no source has begun to observe");
        }
        sources.forEach(source -> reason(source, reasons));
        return reasons;
    }

    private void reason(SourceStatus status, List<String> reasons) {
        String because = status.problem().map(problem -> "; " + problem).orElse("");
        if (status.promisedUntil().equals(Instant.MIN)) {
            reasons.add(status.source().name() + ": nothing has been promised yet" + because);
            return;
        }
        Duration lag = Duration.between(status.promisedUntil(), clock.instant());
        if (lag.compareTo(mostLag) > 0) {
            reasons.add(status.source().name() + ": heartbeats are " + lag.toSeconds() + " s behind" + because);
        }
    }
}
