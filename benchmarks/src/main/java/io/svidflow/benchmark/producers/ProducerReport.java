package io.svidflow.benchmark.producers;

import java.time.Duration;
import java.util.Locale;

/**
 * What it costs to watch a large cluster.
 *
 * @param processors processors of the machine
 * @param java version of Java
 * @param listing the first listing
 * @param facts facts that came of it
 * @param publishing how long a broker took for them
 */
public record ProducerReport(
        int nodes, int pods, int processors, String java, Listing listing, int facts, Duration publishing) {

    /**
     * A first listing.
     *
     * @param took from the first call to the moment at which everything has been said
     * @param kept bytes that the source keeps from then on, for pods, nodes and all else
     * @param served bytes of the pods as the API server sent them
     */
    public record Listing(Duration took, long kept, long served) {}

    /** Bytes that the source keeps, by pod. */
    public long bytesAPod() {
        return listing.kept() / pods;
    }

    /** Facts that the broker acknowledged, by second. */
    public long factsASecond() {
        return perSecond(facts, publishing);
    }

    /** A page for people. */
    public String toText() {
        String text = """
                Kubernetes source, %,d nodes and %,d pods, a pod of %,d bytes as the API serves it
                  first listing   %,.1f s, %,d objects/s from the API to facts
                  memory          %,d KiB kept, %,d bytes a pod
                  publisher       %,.1f s for %,d facts, %,d facts/s acknowledged by a broker in this process
                %d processors, Java %s
                """;
        return String.format(
                Locale.ROOT,
                text,
                nodes,
                pods,
                listing.served() / pods,
                seconds(listing.took()),
                perSecond(nodes + pods, listing.took()),
                listing.kept() / 1024,
                bytesAPod(),
                seconds(publishing),
                facts,
                factsASecond(),
                processors,
                java);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static long perSecond(long count, Duration duration) {
        return Math.round(count / Math.max(0.001, seconds(duration)));
    }
}
