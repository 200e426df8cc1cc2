package io.svidflow.benchmark;

import io.svidflow.topology.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** A topology at work with the settings of production; it reads from the beginning. */
final class RunningTopology implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final String applicationId;
    private final KafkaStreams streams;
    private final CountDownLatch running = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    RunningTopology(String applicationId, Topology topology, String bootstrapServers, int threads, Path stateDir) {
        this.applicationId = applicationId;
        streams = new KafkaStreams(
                topology,
                StreamsSettings.properties(
                        applicationId,
                        stateDir.toString(),
                        Map.of("bootstrap.servers", bootstrapServers, "num.stream.threads", threads)));
        streams.setStateListener((now, before) -> {
            if (now == State.RUNNING) {
                running.countDown();
            }
        });
        streams.setUncaughtExceptionHandler(error -> {
            failure.compareAndSet(null, error);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    }

    /** The name of its consumer group. */
    String group() {
        return applicationId;
    }

    /** @throws IllegalStateException if it does not run within a minute */
    RunningTopology start() throws InterruptedException {
        streams.start();
        if (!running.await(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            requireHealthy();
            throw new IllegalStateException(applicationId + " does not run within " + START_TIMEOUT.toSeconds()
                    + " s, it is " + streams.state());
        }
        return this;
    }

    /** @throws IllegalStateException if it has failed, with the reason */
    void requireHealthy() {
        Optional.ofNullable(failure.get()).ifPresent(error -> {
            throw new IllegalStateException(applicationId + " has failed: " + error.getMessage(), error);
        });
    }

    @Override
    public void close() {
        streams.close(CLOSE_TIMEOUT);
    }
}
