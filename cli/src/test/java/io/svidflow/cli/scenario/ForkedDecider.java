package io.svidflow.cli.scenario;

import io.svidflow.embedded.ForkedJava;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.remediation.Policy;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topics;
import io.svidflow.topology.IncidentTopology;
import io.svidflow.topology.StreamsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** A process that decides until it comes to a point; there it says so and stands still, to be killed. */
public final class ForkedDecider {

    private ForkedDecider() {}

    /** Arguments: brokers, registry, folder for its state, point, file that says that it is there. */
    public static void main(String[] args) throws InterruptedException {
        Map<String, Object> settings = settings(args[0], args[1]);
        EventSerdes serdes = new EventSerdes(settings);
        KafkaStreams streams = new KafkaStreams(
                topology(serdes),
                StreamsSettings.properties("svidflow-incident", args[2], settings),
                new Standing(DeciderCrashPoint.valueOf(args[3]), Path.of(args[4]), serdes));
        streams.start();
        new CountDownLatch(1).await();
    }

    static Process start(Map<String, Object> settings, Path state, DeciderCrashPoint point, Path reached)
            throws IOException {
        return ForkedJava.start(
                ForkedDecider.class,
                256,
                settings.get("bootstrap.servers"),
                settings.get("schema.registry.url"),
                state,
                point,
                reached);
    }

    /** Stage 2 as {@code svidflow plan} runs it: everything is allowed, and no actor believes it. */
    static Topology topology(EventSerdes serdes) {
        IncidentTopology.Settings usual = IncidentTopology.Settings.defaults();
        IncidentTopology.Settings settings =
                new IncidentTopology.Settings(usual.backoff(), usual.lateAfter(), "replay", false);
        return new IncidentTopology(settings, Policy.rehearsing(), null, serdes).get();
    }

    static Map<String, Object> settings(String brokers, String registry) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", brokers);
        settings.put("schema.registry.url", registry);
        // a killed process is missed after 6 s instead of 45 s
        settings.put("session.timeout.ms", 6000);
        settings.put("heartbeat.interval.ms", 500);
        settings.put("transaction.timeout.ms", 6000);
        return settings;
    }

    /** Clients whose producer stands still at a point of the transaction with the first command that changes something. */
    private static final class Standing extends DefaultKafkaClientSupplier {

        private final DeciderCrashPoint point;
        private final Path reached;
        private final EventSerdes serdes;
        private boolean planned;

        Standing(DeciderCrashPoint point, Path reached, EventSerdes serdes) {
            this.point = point;
            this.reached = reached;
            this.serdes = serdes;
        }

        @Override
        @SuppressWarnings("unchecked") // a proxy of the interface that is asked for
        public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
            Producer<byte[], byte[]> producer = super.getProducer(settings);
            return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                    Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                        boolean command =
                                method.getName().equals("send") && changes((ProducerRecord<?, ?>) arguments[0]);
                        boolean commit = planned && method.getName().equals("commitTransaction");
                        stopAt(command, DeciderCrashPoint.BEFORE_COMMAND);
                        stopAt(commit, DeciderCrashPoint.BEFORE_COMMIT);
                        Object answer = call(producer, method, arguments);
                        stopAt(command, DeciderCrashPoint.AFTER_COMMAND);
                        stopAt(commit, DeciderCrashPoint.AFTER_COMMIT);
                        planned |= command;
                        return answer;
                    });
        }

        private static Object call(Object producer, java.lang.reflect.Method method, Object[] arguments)
                throws Throwable {
            try {
                return method.invoke(producer, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private boolean changes(ProducerRecord<?, ?> sent) {
            if (!sent.topic().equals(Topics.REMEDIATION_COMMANDS.name())) {
                return false;
            }
            RemediationCommand command = serdes.forTopic(Topics.REMEDIATION_COMMANDS)
                    .deserializer()
                    .deserialize(sent.topic(), (byte[]) sent.value());
            return command.getAction() == RemediationAction.POKE_REGISTRAR;
        }

        private void stopAt(boolean here, DeciderCrashPoint where) {
            if (!here || point != where) {
                return;
            }
            try {
                Files.createFile(reached);
                new CountDownLatch(1).await();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
