package io.svidflow.cli.doctor;

import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.LogSigns;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether anybody sees the agents synchronise, and how often they do. */
final class Synchronisation implements Check {

    @Override
    public String name() {
        return "synchronisation";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        List<LogSigns> servers = layout.logs(SourceKind.SERVER_LOG);
        long seen = servers.stream().mapToLong(LogSigns::synchronisations).sum();
        Optional<Duration> interval = servers.stream()
                .map(LogSigns::interval)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
        if (seen > 0) {
            return List.of(number(
                    "the audit log shows " + seen + " synchronisations"
                            + interval.map(it -> ", of one agent every " + tenths(it) + " s (median)")
                                    .orElse(""),
                    "an agent that misses several of them is found before a pod suffers"));
        }
        if (layout.collected("agent-debug")) {
            return List.of(fine("the agents' debug API tells their last synchronisation"));
        }
        return List.of(blind(
                "no synchronisation of any agent can be seen",
                "SPIRE logs failures only; an agent that hangs, or waits, looks like one that works",
                "turn on the server's audit log, or collect the agents' debug API (admin_socket_path, GetInfo:"
                        + " last_sync_success), or scrape spire_agent_manager_sync_fetch_entries_updates"));
    }

    private static String tenths(Duration duration) {
        return "%.1f".formatted(duration.toMillis() / 1000.0);
    }
}
