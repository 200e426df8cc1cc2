package io.svidflow.cli.doctor;

import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.ParentLoad;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether an agent's entries come near the largest message that gRPC accepts. */
final class EntryLoad implements Check {

    /** gRPC's default for received messages. */
    private static final long LARGEST_MESSAGE = 4L << 20;

    @Override
    public String name() {
        return "entry-load";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        Optional<ParentLoad> largest =
                layout.spire().parents().stream().max(Comparator.comparingLong(ParentLoad::bytes));
        if (largest.isEmpty()) {
            return List.of(notChecked("entries per agent: none were listed", "record raw/entries.jsonl"));
        }
        ParentLoad load = largest.get();
        String seen = "most entries below one parent: " + load.entries() + ", at least " + size(load.bytes()) + " ("
                + load.parent() + ")";
        return List.of(
                load.bytes() > LARGEST_MESSAGE / 2
                        ? risk(
                                seen,
                                "an agent that fetches them in one message (before 1.12 by default) fails at 4 MiB and"
                                        + " then has no entries at all",
                                "spread the workloads, or upgrade to 1.12 or later")
                        : fine(seen));
    }

    private static String size(long bytes) {
        return bytes < 10_240 ? bytes + " bytes" : bytes / 1024 + " KiB";
    }
}
