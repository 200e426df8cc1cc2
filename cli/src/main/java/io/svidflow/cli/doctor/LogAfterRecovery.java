package io.svidflow.cli.doctor;

import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.LogSigns;
import io.svidflow.producer.layout.PlacedNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Whether the server's log covers the minutes after a node came back: that is when its story is told. */
final class LogAfterRecovery implements Check {

    private static final Duration STORY = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "log-after-recovery";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        List<Remark> remarks = new ArrayList<>();
        for (PlacedNode node : layout.kubernetes().nodes()) {
            node.recoveries().forEach(at -> remarks.add(of(layout, node.name(), at)));
        }
        return remarks;
    }

    private Remark of(Layout layout, String node, Instant at) {
        Instant from = at.truncatedTo(ChronoUnit.MINUTES);
        long lines = layout.logs(SourceKind.SERVER_LOG).stream()
                .mapToLong((LogSigns log) -> log.linesBetween(from, from.plus(STORY)))
                .sum();
        String when = "in the 5 minutes after " + node + " came back at " + at.truncatedTo(ChronoUnit.SECONDS);
        return lines > 0
                ? fine("the server's log has " + lines + " lines " + when)
                : blind(
                        "the server's log has no line " + when,
                        "whether the server reached its datastore then, and whom it refused, stays unknown",
                        "collect the server's log without a break, stored off the nodes that it tells about");
    }
}
