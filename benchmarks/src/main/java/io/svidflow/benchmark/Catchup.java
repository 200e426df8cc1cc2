package io.svidflow.benchmark;

import io.svidflow.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures how fast topologies work off the node facts that were published beforehand. */
final class Catchup {

    private static final long LOOK_MILLIS = 50;

    /** A later stage is done when it has committed nothing for so long after the first one is done. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final Backlog backlog;
    private final int partitions;
    private final long facts;
    private final Clock clock;

    Catchup(Backlog backlog, int partitions, long facts, Clock clock) {
        this.backlog = backlog;
        this.partitions = partitions;
        this.facts = facts;
        this.clock = clock;
    }

    /**
     * Waits until the stages have nothing left to do.
     *
     * @param stages running; the first reads the node facts, each other what the one before writes
     */
    Throughput measure(List<RunningTopology> stages) throws InterruptedException {
        Instant start = clock.instant();
        long records = backlog.written(Topics.NODE_FACTS, partitions);
        String first = stages.get(0).group();
        long done = 0;
        Instant moved = start;
        while (true) {
            stages.forEach(RunningTopology::requireHealthy);
            long committed = committed(stages);
            Instant now = clock.instant();
            if (committed != done) {
                done = committed;
                moved = now;
            }
            boolean quiet = stages.size() == 1 || !now.isBefore(moved.plus(QUIET));
            if (quiet && backlog.committed(first) >= records) {
                return Throughput.of(facts, records, Duration.between(start, moved));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private long committed(List<RunningTopology> stages) throws InterruptedException {
        long sum = 0;
        for (RunningTopology stage : stages) {
            sum += backlog.committed(stage.group());
        }
        return sum;
    }
}
