package io.svidflow.benchmark;

import java.time.Duration;

/**
 * Size of a load.
 *
 * @param nodes nodes of the cluster
 * @param podsPerNode workload pods on each node, each with its registration entry
 * @param churnPerMinute share of the pods that is replaced each minute, 0 to 1
 * @param stuckShare share of the pods that never gets an entry, 0 to 1; they start evenly over {@code lasts}
 * @param lasts how much event time the load covers
 * @param seed of everything that is chosen at random; the same shape gives the same load
 */
public record LoadShape(
        int nodes, int podsPerNode, double churnPerMinute, double stuckShare, Duration lasts, long seed) {

    public LoadShape {
        requirePositive("nodes", nodes);
        requirePositive("podsPerNode", podsPerNode);
        requireShare("churnPerMinute", churnPerMinute);
        requireShare("stuckShare", stuckShare);
        if (lasts.getSeconds() < 1) {
            throw new IllegalArgumentException("a load must last a second at least, but lasts " + lasts);
        }
    }

    /** The fixed load that results are compared on: 1,000 nodes with 30 pods, 1 % churn a minute, 0.5 % stuck. */
    public static LoadShape standard(Duration lasts, long seed) {
        return new LoadShape(1_000, 30, 0.01, 0.005, lasts, seed);
    }

    /** Pods at any time. */
    public int pods() {
        return nodes * podsPerNode;
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, but is " + value);
        }
    }
}
