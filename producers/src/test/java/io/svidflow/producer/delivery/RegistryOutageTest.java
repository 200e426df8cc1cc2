package io.svidflow.producer.delivery;

import static io.svidflow.producer.publish.SampleFacts.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.embedded.SmallRegistry;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.Outlet;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RegistryOutageTest {

    private static final Source DEBUG_1 = new Source(SourceKind.AGENT_DEBUG, "node-1");
    private static final Clock CLOCK = Clock.fixed(MIDNIGHT, ZoneOffset.UTC);

    private final FakeBrokers brokers = new FakeBrokers();
    private SmallRegistry registry;
    private Delivery delivery;
    private Outlet outlet;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        registry = new SmallRegistry();
        EventSerdes serdes = new EventSerdes(Map.of("schema.registry.url", registry.url()));
        delivery = brokers.process(CLOCK, List.of(DEBUG_1), DeliverySettings.OUTSTANDING_BYTES, serdes);
        outlet = delivery.outletsOf("debug").of(DEBUG_1);
    }

    @AfterEach
    void close() {
        brokers.close();
        registry.close();
    }

    @Test
    void shouldWaitForTheRegistryWithASchemaThatItHasNotSeenAndGoOn() throws Exception {
        registry.refuse(true);
        Thread source = new Thread(() -> {
            try {
                outlet.publish(List.of(fact()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        source.start();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> delivery.statuses().get(0).problem().isPresent());
        assertThat(brokers.taken()).isEmpty();
        assertThat(source.isAlive()).as("it waits").isTrue();

        registry.refuse(false);
        source.join();
        await().until(() -> sent() == 1);
        await().until(() -> delivery.statuses().get(0).problem().isEmpty());
    }

    @Test
    void shouldNotNoticeThatTheRegistryIsGoneWithASchemaThatItHasSeen() throws InterruptedException {
        outlet.publish(List.of(fact()));
        registry.refuse(true);

        outlet.publish(List.of(fact()));

        await().until(() -> sent() == 2);
    }

    private long sent() {
        return brokers.taken().stream()
                .filter(sent -> sent.topic().equals(Topics.AGENT_EVENTS.name()))
                .count();
    }

    private Publication fact() {
        Origin origin = Origin.newBuilder()
                .setKind(OriginKind.API)
                .setLocation("somewhere")
                .build();
        return new FailedObservations(outlet.headers())
                .ofNode(MIDNIGHT, "node-1", "GetInfo", "refused", outlet.nextSequence(), origin);
    }
}
