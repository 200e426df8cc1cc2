package io.svidflow.benchmark;

import java.time.Duration;

/**
 * What is measured.
 *
 * @param shape of the load; {@code lasts} is the sum of both durations
 * @param backlog event time whose facts are published beforehand and worked off as fast as possible
 * @param paced event time that is published in real time afterwards
 * @param partitions partitions of the topics that are keyed by node
 * @param threads threads of the topology that reads them
 */
public record BenchPlan(LoadShape shape, Duration backlog, Duration paced, int partitions, int threads) {

    public BenchPlan {
        if (backlog.getSeconds() < 1 || paced.isNegative()) {
            throw new IllegalArgumentException(
                    "backlog must last a second at least and paced must not be negative, but are " + backlog + " and "
                            + paced);
        }
        if (partitions < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "partitions and threads must be at least 1, but are " + partitions + " and " + threads);
        }
    }

    /**
     * The load that results are compared on.
     *
     * @param threads how many cores there are
     */
    public static BenchPlan standard(Duration backlog, Duration paced, long seed, int threads) {
        int partitions = 6;
        return new BenchPlan(
                LoadShape.standard(backlog.plus(paced), seed),
                backlog,
                paced,
                partitions,
                Math.min(partitions, threads));
    }
}
