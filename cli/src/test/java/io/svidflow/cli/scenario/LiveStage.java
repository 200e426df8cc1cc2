package io.svidflow.cli.scenario;

import io.svidflow.topology.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** One instance of a stage, with the settings of production and state of its own. */
final class LiveStage implements AutoCloseable {

    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final Mortal clients = new Mortal();
    private final KafkaStreams streams;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean killed;

    LiveStage(String applicationId, Topology topology, Path stateDir, Map<String, Object> settings) {
        streams = new KafkaStreams(
                topology, StreamsSettings.properties(applicationId, stateDir.toString(), settings), clients);
        streams.setUncaughtExceptionHandler(error -> {
            failure.compareAndSet(null, error);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    }

    void start() {
        streams.start();
    }

    boolean running() {
        requireHealthy();
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** How many tasks this instance works on. */
    long tasks() {
        return streams.metadataForLocalThreads().stream()
                .mapToLong(thread -> thread.activeTasks().size())
                .sum();
    }

    void kill() {
        killed = true;
        clients.kill();
    }

    /** Whether it has died of being killed. */
    boolean dead() {
        return killed && streams.state().hasCompletedShutdown();
    }

    /** An instant that the stage keeps in a store, if this instance is the one that has it. */
    Optional<Instant> instant(String store, String key) {
        requireHealthy();
        if (killed) {
            return Optional.empty();
        }
        try {
            ReadOnlyKeyValueStore<String, Instant> instants =
                    streams.store(StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.keyValueStore()));
            return Optional.ofNullable(instants.get(key));
        } catch (InvalidStateStoreException e) {
            return Optional.empty(); // it is somewhere else, or on its way here
        }
    }

    private void requireHealthy() {
        if (!killed && failure.get() != null) {
            throw new IllegalStateException(
                    "an instance failed: " + failure.get().getMessage(), failure.get());
        }
    }

    @Override
    public void close() {
        streams.close(CLOSE);
    }
}
