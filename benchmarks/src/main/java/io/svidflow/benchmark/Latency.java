package io.svidflow.benchmark;

import java.time.Duration;
import java.util.List;

/**
 * Milliseconds from the publication of the heartbeat that completed what a finding rests on, to the finding's arrival
 * at a consumer that reads committed records only.
 *
 * @param findings how many were measured; the percentiles of a few dozen are coarse
 * @param p50Millis half of them took no longer; NaN without findings
 * @param p99Millis 99 % of them took no longer; NaN without findings
 */
public record Latency(int findings, double p50Millis, double p99Millis) {

    static Latency of(List<Duration> measured) {
        double[] sorted = measured.stream()
                .mapToDouble(took -> took.toNanos() / 1e6)
                .sorted()
                .toArray();
        return new Latency(sorted.length, percentile(sorted, 50), percentile(sorted, 99));
    }

    /** The smallest value that at least so many percent do not exceed. */
    private static double percentile(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted[(int) Math.ceil(percent / 100.0 * sorted.length) - 1];
    }
}
