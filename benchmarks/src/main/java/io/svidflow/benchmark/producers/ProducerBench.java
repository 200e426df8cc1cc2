package io.svidflow.benchmark.producers;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.producer.Publication;
import io.svidflow.producer.kubernetes.watch.KubernetesSource;
import io.svidflow.producer.kubernetes.watch.WatchSettings;
import io.svidflow.producer.publish.KafkaPublisher;
import io.svidflow.producer.publish.Pacing;
import io.svidflow.producer.spire.NodeDirectory;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Measures what it costs to watch a large cluster: how long a first listing takes from the API to facts, what the source
 * then keeps in memory, and how fast facts reach a broker.
 */
public final class ProducerBench {

    private static final int PARTITIONS = 6;
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Clock clock;
    private final Consumer<String> progress;

    /**
     * @param clock real time
     * @param progress is told what is being done
     */
    public ProducerBench(Clock clock, Consumer<String> progress) {
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Runs everything.
     *
     * @param nodes nodes of the cluster, at least 1
     * @param pods pods of the cluster, at least 1
     * @throws IllegalStateException if the source or the broker fails, with the reason
     * @throws InterruptedException if the thread is interrupted; nothing is left behind
     */
    public ProducerReport run(int nodes, int pods) throws InterruptedException, IOException {
        progress.accept("listing " + pods + " pods on " + nodes + " nodes");
        List<Publication> facts = new ArrayList<>(nodes + pods);
        ProducerReport.Listing listing;
        try (GeneratedCluster cluster = new GeneratedCluster(new GeneratedObjects(nodes, pods))) {
            listing = list(cluster, facts);
        }
        progress.accept("publishing " + facts.size() + " facts");
        return new ProducerReport(
                nodes,
                pods,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                listing,
                facts.size(),
                publish(facts));
    }

    private ProducerReport.Listing list(GeneratedCluster cluster, List<Publication> facts) throws InterruptedException {
        CountingOutlets outlets = new CountingOutlets(said -> {});
        try (KubernetesClient client = client(cluster)) {
            long before = used();
            long start = System.nanoTime();
            try (Observing observing = new Observing(source(client), outlets)) {
                observing.await(outlets.complete(), LONGEST);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                long kept = used() - before;
                if (outlets.deadLetters() > 0) {
                    throw new IllegalStateException(outlets.deadLetters() + " objects were not understood");
                }
                return collected(client, facts, took, kept, cluster.podBytes());
            }
        }
    }

    /** The same again, with the facts kept: they must not be part of what the source keeps. */
    private ProducerReport.Listing collected(
            KubernetesClient client, List<Publication> facts, Duration took, long kept, long served)
            throws InterruptedException {
        CountingOutlets outlets = new CountingOutlets(facts::addAll);
        try (Observing observing = new Observing(source(client), outlets)) {
            observing.await(outlets.complete(), LONGEST);
        }
        return new ProducerReport.Listing(took, kept, served);
    }

    private KubernetesSource source(KubernetesClient client) {
        return new KubernetesSource(WatchSettings.DEFAULT, client, clock, new NodeDirectory());
    }

    private Duration publish(List<Publication> facts) throws InterruptedException {
        try (EmbeddedKafka kafka = new EmbeddedKafka().start()) {
            kafka.createTopics(Topics.ALL, topic -> topic.key() == Topic.Key.NODE ? PARTITIONS : 1);
            EventSerdes serdes = new EventSerdes(Map.of("schema.registry.url", "mock://bench-producers"));
            Map<String, String> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (KafkaPublisher publisher = new KafkaPublisher(settings, serdes, clock)) {
                publisher.publish(facts.subList(0, Math.min(facts.size(), 1000)), Pacing.fastest());
                long start = System.nanoTime();
                publisher.publish(facts, Pacing.fastest());
                return Duration.ofNanos(System.nanoTime() - start);
            }
        }
    }

    private static KubernetesClient client(GeneratedCluster cluster) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(cluster.url())
                        .build())
                .build();
    }

    /** Memory in use after what is not needed has been given back. */
    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
