package io.svidflow.cli.doctor;

import io.svidflow.diagnosis.Backoff;
import io.svidflow.producer.layout.Layout;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How long agents keep waiting once server and datastore are back: SPIRE's back-off, computed. */
final class RecoveryWait implements Check {

    private static final List<Duration> OUTAGES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(30));

    @Override
    public String name() {
        return "recovery-wait";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        Backoff backoff = new Backoff(demands.syncInterval());
        String waits = Stream.concat(OUTAGES.stream(), Stream.of(demands.outage()))
                .distinct()
                .sorted()
                .map(outage -> Lengths.of(outage) + ": " + Lengths.of(backoff.worstWaitAfter(outage)))
                .collect(Collectors.joining(", "));
        return List.of(number(
                "with sync_interval " + Lengths.of(demands.syncInterval())
                        + " an agent waits after an outage at most (outage: wait) " + waits,
                "new pods wait that long for their identity and nothing has to be done; a shorter sync_interval"
                        + " shortens the longest wait (48 times the interval, at most 8 min) and costs the server more"
                        + " calls"));
    }

    /** In words, for checks whose fault ends in this wait. */
    static String afterwards(Demands demands) {
        return "after an outage of " + Lengths.of(demands.outage()) + " new pods may wait another "
                + Lengths.of(new Backoff(demands.syncInterval()).worstWaitAfter(demands.outage()));
    }
}
