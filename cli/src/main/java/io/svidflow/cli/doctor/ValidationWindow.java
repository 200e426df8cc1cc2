package io.svidflow.cli.doctor;

import io.svidflow.diagnosis.Backoff;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.PlacedNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** How long a test of an outage has to watch before its verdict means something. */
final class ValidationWindow implements Check {

    /** Entry, server cache, synchronisation and signature of a healthy deployment, and the client's next try. */
    private static final Duration PROPAGATION = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "validation-window";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        Duration wait = new Backoff(demands.syncInterval()).worstWaitAfter(demands.outage());
        Duration window = demands.outage().plus(wait).plus(PROPAGATION);
        String seen = "a test that takes server or datastore away for " + Lengths.of(demands.outage())
                + " has to watch for " + Lengths.of(window) + " from the beginning of the outage";
        Object declared = layout.manifest().settings().get("testWindow");
        return List.of(number(
                seen,
                "the back-off explains " + Lengths.of(wait) + " after the outage and healthy propagation "
                        + Lengths.of(PROPAGATION)
                        + "; a pod that still waits then has another fault, and a longer window only hides it"
                        + (declared == null ? "" : ". The people of this incident watched for " + declared)
                        + restarts(layout)));
    }

    private static String restarts(Layout layout) {
        return layout.kubernetes().nodes().stream()
                .map(PlacedNode::recoveries)
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .map(last -> ". The last node came back at " + last)
                .orElse("");
    }
}
