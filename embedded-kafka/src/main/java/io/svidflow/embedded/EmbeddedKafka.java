package io.svidflow.embedded;

import io.svidflow.topic.Topic;
import io.svidflow.topic.TopicCreation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A Kafka broker in this JVM, with a data folder of its own that {@link #close()} removes: for the demonstration, tests
 * and benchmarks. Any Kafka client on this machine can connect to {@link #bootstrapServers()}. Several may run side by
 * side. The broker logs through slf4j; set {@code org.apache.kafka} and {@code kafka} to ERROR for a quiet one.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int ATTEMPTS = 5;

    private Optional<Broker> broker = Optional.empty();
    private Optional<BrokerSettings> stopped = Optional.empty();

    /**
     * Starts the broker; about two seconds. Does nothing if it runs, and brings back one that was stopped.
     *
     * @return this
     * @throws IllegalStateException if it does not start, with the reason; nothing is left behind then
     */
    public synchronized EmbeddedKafka start() {
        if (stopped.isPresent()) {
            broker = stopped.map(Broker::startAgain);
            stopped = Optional.empty();
        }
        for (int attempt = 1; broker.isEmpty(); attempt++) {
            BrokerSettings settings = newSettings();
            try {
                broker = Optional.of(Broker.start(settings));
            } catch (IllegalStateException e) {
                DataFolder.remove(settings.logs());
                // A port is chosen before the broker takes it, so another process may have been faster.
                if (attempt == ATTEMPTS || !Broker.portWasTaken(e)) {
                    throw e;
                }
            }
        }
        return this;
    }

    /**
     * Address for the setting {@code bootstrap.servers}.
     *
     * @throws IllegalStateException if the broker does not run
     */
    public synchronized String bootstrapServers() {
        return running().settings().bootstrapServers();
    }

    /**
     * Creates the topics that are missing.
     *
     * @param partitions how many partitions each topic is to have
     * @throws IllegalStateException if a topic exists with another count, see {@link TopicCreation}
     */
    public void createTopics(Collection<Topic<?>> topics, ToIntFunction<Topic<?>> partitions) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            new TopicCreation(admin).create(topics, partitions);
        }
    }

    /** Stops the broker and keeps its data: {@link #start()} brings it back at the same address. */
    public synchronized void stop() {
        stopped = Optional.of(running().settings());
        broker.ifPresent(Broker::stop);
        broker = Optional.empty();
    }

    /** Stops the broker and removes its data. May be called twice, and from a shutdown hook. */
    @Override
    public synchronized void close() {
        broker.ifPresent(Broker::stop);
        broker.map(Broker::settings).or(() -> stopped).ifPresent(settings -> DataFolder.remove(settings.logs()));
        broker = Optional.empty();
        stopped = Optional.empty();
    }

    /** Folder of the broker's data. */
    synchronized Path dataFolder() {
        return running().settings().logs();
    }

    private Broker running() {
        return broker.orElseThrow(() -> new IllegalStateException("the embedded broker does not run: call start()"));
    }

    private static BrokerSettings newSettings() {
        try {
            FreePorts ports = FreePorts.two();
            return new BrokerSettings(ports.first(), ports.second(), Files.createTempDirectory("svidflow-kafka-"));
        } catch (IOException e) {
            throw new UncheckedIOException("no port or folder for the embedded broker: " + e.getMessage(), e);
        }
    }
}
