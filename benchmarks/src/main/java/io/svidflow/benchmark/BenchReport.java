package io.svidflow.benchmark;

import java.util.Locale;

/**
 * What was measured, on what machine, with what load.
 *
 * @param cores processors that Java sees
 * @param jdk version of the Java runtime
 * @param backlogSeconds event time that was worked off
 * @param pacedSeconds real time of the latency's measurement
 */
public record BenchReport(
        long seed,
        int cores,
        String jdk,
        int nodes,
        int pods,
        int partitions,
        int threads,
        long backlogSeconds,
        long pacedSeconds,
        Throughput passthrough,
        Throughput detection,
        Latency latency) {

    /** Facts a second of the detection, as a share of the passthrough's. */
    public double ratio() {
        return detection.factsPerSecond() / passthrough.factsPerSecond();
    }

    /** The report for people. */
    public String toText() {
        return String.format(
                Locale.ROOT,
                """
                machine      %d cores, Java %s
                load         %,d nodes, %,d pods, %d s worked off, then %d s in real time; seed %d
                set-up       %d partitions, %d threads, exactly once, one embedded broker in the same process

                              facts/s    records/s    facts       seconds
                passthrough   %,-10.0f %,-12.0f %,-11d %.1f
                detection     %,-10.0f %,-12.0f %,-11d %.1f
                ratio         %.2f

                fact to verdict  p50 %.0f ms, p99 %.0f ms, over %d findings
                """,
                cores,
                jdk,
                nodes,
                pods,
                backlogSeconds,
                pacedSeconds,
                seed,
                partitions,
                threads,
                passthrough.factsPerSecond(),
                passthrough.recordsPerSecond(),
                passthrough.facts(),
                passthrough.seconds(),
                detection.factsPerSecond(),
                detection.recordsPerSecond(),
                detection.facts(),
                detection.seconds(),
                ratio(),
                latency.p50Millis(),
                latency.p99Millis(),
                latency.findings());
    }
}
