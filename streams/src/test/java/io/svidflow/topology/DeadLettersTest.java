package io.svidflow.topology;

import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.fact;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentStatus;
import io.svidflow.event.Finding;
import io.svidflow.scene.Bodies;
import io.svidflow.serde.RegistryUnavailableException;
import io.svidflow.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bad record costs itself alone; a fault that is not the record's own costs nothing but time. */
class DeadLettersTest {

    private static final Record<String, String> HEARTBEAT = new Record<>("lab", "a heartbeat", 0);

    private final DeadLetterHandler handler = new DeadLetterHandler();

    @TempDir
    private Path stateDir;

    @Test
    void shouldKeepBytesThatNobodyCanReadAndGoOn() {
        try (Stages stages = new Stages(stateDir)) {
            stages.publishBytes(Topics.POD_EVENTS, 0, "poison".getBytes(StandardCharsets.UTF_8));
            stages.publish(1, fact(1, Bodies.node(NODE)));
            stages.heartbeats(2);

            List<TestRecord<byte[], byte[]>> letters = stages.deadLetters();
            assertThat(letters).hasSize(1);
            assertThat(letters.get(0).value()).asString(StandardCharsets.UTF_8).isEqualTo("poison");
            assertThat(header(letters.get(0), "topic")).isEqualTo(Topics.POD_EVENTS.name());
            assertThat(header(letters.get(0), "exception")).isEqualTo(SerializationException.class.getName());
            assertThat(header(letters.get(0), "node")).isEqualTo("pod-events-source");
            assertThat(header(letters.get(0), "task")).isEqualTo("0_0");
            assertThat(stages.transitions()).as("the node that came after").hasSize(1);
        }
    }

    @Test
    void shouldKeepTheFactThatBreaksARuleAndNotTheHeartbeatThatBringsItUp() {
        AgentStatus eternal = AgentStatus.newBuilder()
                .setUptimeSeconds(Long.MAX_VALUE)
                .setCachedSvids(0)
                .build();
        try (Stages stages = new Stages(stateDir)) {
            stages.publish(0, fact(0, Bodies.node(NODE)));
            stages.publish(1, fact(1, eternal));
            stages.publish(2, fact(2, pod("p", 2)));
            for (int second = 3; second < 70; second++) {
                stages.heartbeats(second);
            }

            assertThat(stages.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(header(letter, "topic")).isEqualTo(Topics.AGENT_EVENTS.name());
                assertThat(header(letter, "node")).isEqualTo(IdentityTopology.PROCESSOR);
            });
            assertThat(stages.findings()).extracting(Finding::getPodUid).containsExactly("p");
        }
    }

    @Test
    void shouldFailWhenTheRegistryIsToBlame() {
        Exception error = new SerializationException("no schema", new RegistryUnavailableException("it is down"));

        DeserializationExceptionHandler.Response answer =
                handler.handleError(new SomeContext(), new ConsumerRecord<>("t", 0, 0, null, null), error);

        assertThat(answer.result()).isEqualTo(DeserializationExceptionHandler.Result.FAIL);
        assertThat(answer.deadLetterQueueRecords()).isEmpty();
    }

    @Test
    void shouldFailWithoutALetterWhenAStoreIsToBlame() {
        ProcessingExceptionHandler.Response answer = handler.handleError(
                new SomeContext(), HEARTBEAT, new IllegalStateException(new StreamsException("disk full")));

        assertThat(answer.result()).isEqualTo(ProcessingExceptionHandler.Result.FAIL);
        assertThat(answer.deadLetterQueueRecords()).isEmpty();
    }

    @Test
    void shouldSayInWhichStepAndTaskAFactWasRefused() {
        handler.configure(Map.of(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, "letters"));
        RuntimeException cause = new ArithmeticException("time out of range");
        ProcessingExceptionHandler.Response answer = handler.handleError(
                new SomeContext(), HEARTBEAT, new RefusedFactException("facts", "lab/node-1", new byte[] {7}, cause));

        assertThat(answer.result()).isEqualTo(ProcessingExceptionHandler.Result.RESUME);
        assertThat(answer.deadLetterQueueRecords()).singleElement().satisfies(letter -> {
            assertThat(letter.topic()).isEqualTo("letters");
            assertThat(letter.key()).asString(StandardCharsets.UTF_8).isEqualTo("lab/node-1");
            assertThat(letter.value()).containsExactly(7);
            assertThat(letter.headers()
                            .lastHeader(DeadLetterHandler.PREFIX + "message")
                            .value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("time out of range");
            assertThat(letter.headers()
                            .lastHeader(DeadLetterHandler.PREFIX + "node")
                            .value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("some-processor");
        });
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(
                letter.headers().lastHeader(DeadLetterHandler.PREFIX + name).value(), StandardCharsets.UTF_8);
    }
}
