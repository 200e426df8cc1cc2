package io.svidflow.topology;

import static io.svidflow.scene.Scene.CLUSTER;
import static io.svidflow.scene.Scene.KUBERNETES;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.NODE_KEY;
import static io.svidflow.scene.Scene.at;
import static io.svidflow.scene.Scene.fact;
import static io.svidflow.scene.Scene.heartbeat;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.Progress;
import io.svidflow.identity.Graces;
import io.svidflow.scene.Bodies;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topics;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that moves to another instance knows what its stores hold and nothing else, and concludes the same. */
class TakeoverTest {

    private static final String STREAM = KUBERNETES + "@" + Topics.POD_EVENTS.name();
    private static final String ENTRIES = KUBERNETES + "@" + Topics.ENTRY_EVENTS.name();

    @TempDir
    private Path stateDir;

    @Test
    void shouldConcludeTheSameWhereverTheTaskMovesInBetween() {
        List<PodIdentityEvent> stayed = conclusions(-1);
        assertThat(stayed).isNotEmpty();

        for (int second : List.of(1, 20, 59, 60, 61, 90)) {
            assertThat(conclusions(second)).as("moved at second %d", second).isEqualTo(stayed);
        }
    }

    private List<PodIdentityEvent> conclusions(int movesAt) {
        ProcessorSupplier<String, SpecificRecord, String, PodIdentityEvent> supplier = new IdentityTopology(
                        new IdentityTopology.Settings(Graces.defaults(), Duration.ofSeconds(15), 1, true),
                        new EventSerdes(Map.of("schema.registry.url", "mock://takeover")))
                .processor();
        File folder = stateDir.toFile();
        MockProcessorContext<String, PodIdentityEvent> context = new MockProcessorContext<>(
                StreamsSettings.properties("takeover", folder.toString(), Map.of()), new TaskId(0, 0), folder);
        for (StoreBuilder<?> builder : supplier.stores()) {
            StateStore store = builder.withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        }
        Processor<String, SpecificRecord, String, PodIdentityEvent> processor = supplier.get();
        processor.init(context);
        for (int second = 0; second < 120; second++) {
            if (second == movesAt) {
                processor = supplier.get();
                processor.init(context);
            }
            for (SpecificRecord event : published(second)) {
                context.setCurrentStreamTimeMs(at(second).toEpochMilli());
                context.setCurrentSystemTimeMs(at(second).toEpochMilli());
                processor.process(new Record<>(NODE_KEY, event, at(second).toEpochMilli()));
            }
        }
        List<PodIdentityEvent> told = new ArrayList<>();
        context.forwarded().forEach(forward -> told.add(forward.record().value()));
        told.removeIf(event -> event.getBody() instanceof Progress);
        assertThat(told).allSatisfy(event -> assertThat(event.getCluster()).isEqualTo(CLUSTER));
        return told;
    }

    private static List<SpecificRecord> published(int second) {
        List<SpecificRecord> events = new ArrayList<>();
        if (second == 0) {
            events.add(fact(0, Bodies.node(NODE)));
            events.add(fact(0, Bodies.agentPod("agent", -100, true)));
            events.add(fact(0, Bodies.agentListed(false)));
            events.add(fact(0, Bodies.pod("stuck", 0)));
            events.add(fact(0, Bodies.pod("served", 0)));
        } else if (second == 19) {
            events.add(fact(22, Bodies.entry("served", 22))); // waits for its watermark while the task moves
            events.add(fact(24, Bodies.issuing("served")));
        } else if (second == 80) {
            events.add(fact(80, Bodies.entry("stuck", 80)));
            events.add(fact(82, Bodies.issuing("stuck")));
        }
        for (String topic : List.of(Topics.POD_EVENTS.name(), Topics.ENTRY_EVENTS.name())) {
            events.add(heartbeat(null, KUBERNETES, topic, second, -3600, List.of(STREAM, ENTRIES)));
        }
        return events;
    }
}
