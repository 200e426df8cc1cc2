package io.svidflow.benchmark;

import java.time.Duration;

/**
 * How fast a backlog was worked off.
 *
 * @param facts what the sources observed, heartbeats left out
 * @param records everything that was read, heartbeats in every partition included
 * @param seconds from the moment the topology ran to its last commit
 */
public record Throughput(long facts, long records, double seconds) {

    static Throughput of(long facts, long records, Duration took) {
        return new Throughput(facts, records, Math.max(1, took.toMillis()) / 1000.0);
    }

    /** Facts a second. */
    public double factsPerSecond() {
        return facts / seconds;
    }

    /** Records a second. */
    public double recordsPerSecond() {
        return records / seconds;
    }
}
