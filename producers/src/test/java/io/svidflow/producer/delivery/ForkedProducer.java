package io.svidflow.producer.delivery;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.svidflow.embedded.ForkedJava;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.live.Backoff;
import io.svidflow.producer.live.Supervisor;
import io.svidflow.serde.EventSerdes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process that publishes {@link GrowingList}s, to be killed. */
public final class ForkedProducer {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

    private ForkedProducer() {}

    /** Arguments: brokers, address of the registry, name of the source, file. */
    public static void main(String[] args) throws InterruptedException {
        Source source = Source.named(args[2]).orElseThrow();
        Delivery delivery = delivery(settings(args[0], args[1]), List.of(source));
        new Supervisor(delivery::outletsOf, BACKOFF, new SimpleMeterRegistry(), Clock.systemUTC())
                .start(new GrowingList(source, Path.of(args[3])));
        new CountDownLatch(1).await();
    }

    static Process start(String brokers, String registry, Source source, Path file) throws IOException {
        return ForkedJava.start(ForkedProducer.class, 96, brokers, registry, source.name(), file);
    }

    static Map<String, Object> settings(String brokers, String registry) {
        return Map.of("bootstrap.servers", brokers, "schema.registry.url", registry);
    }

    static Delivery delivery(Map<String, Object> settings, List<Source> sources) {
        EventSerdes serdes = new EventSerdes(settings);
        ExpectedSources expected = new ExpectedSources(
                sources.stream().filter(source -> source.kind().clusterWide()).toList(),
                sources.stream()
                        .map(Source::kind)
                        .filter(kind -> !kind.clusterWide())
                        .distinct()
                        .toList());
        return new Delivery(
                new DeliverySettings("prod", topic -> 1, expected, DeliverySettings.OUTSTANDING_BYTES, BACKOFF),
                settings,
                serdes,
                new KafkaCheckpoints("prod", settings, serdes, BACKOFF, Clock.systemUTC()),
                new SimpleMeterRegistry(),
                Clock.systemUTC());
    }
}
