package io.svidflow.cli.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.svidflow.topology.StreamsSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** One Streams application: started, watched, closed. It remembers the first error, which is the one that matters. */
public final class Application implements AutoCloseable {

    private static final Duration CLOSE = Duration.ofSeconds(20);

    private final String id;
    private final KafkaStreams streams;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * @param id application id
     * @param stateDir folder for its state
     * @param settings settings of the installation
     */
    public Application(String id, Topology topology, String stateDir, Map<String, Object> settings) {
        this.id = id;
        this.streams = new KafkaStreams(topology, StreamsSettings.properties(id, stateDir, settings));
        streams.setStateListener((now, before) -> {
            if (now == State.RUNNING) {
                running.countDown();
            }
            if (now == State.ERROR || now == State.NOT_RUNNING) {
                running.countDown();
                stopped.countDown();
            }
        });
        streams.setUncaughtExceptionHandler(error -> {
            failure.compareAndSet(null, error);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    }

    /** Its application id. */
    public String id() {
        return id;
    }

    /** What it is doing, in the words of Kafka Streams. */
    public String state() {
        return streams.state().name();
    }

    /** Whether it works on its tasks. */
    public boolean isRunning() {
        return streams.state() == State.RUNNING;
    }

    /** Whether it has stopped or failed, which only a new process helps against. */
    public boolean hasStopped() {
        return streams.state().isShuttingDown() || streams.state().hasCompletedShutdown();
    }

    /** Publishes its metrics, those of its clients and of its stores, until what is returned is closed. */
    public AutoCloseable meter(MeterRegistry metrics) {
        KafkaStreamsMetrics published = new KafkaStreamsMetrics(streams, Tags.of("application", id));
        published.bindTo(metrics);
        return published;
    }

    /** Starts it; returns at once. */
    public void start() {
        streams.start();
    }

    /**
     * Waits until it runs.
     *
     * @throws IllegalStateException if it does not within the time, or has failed
     */
    public void awaitRunning(Duration atMost) throws InterruptedException {
        boolean inTime = running.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        requireHealthy();
        if (!inTime) {
            throw new IllegalStateException(id + " did not start within " + atMost.toSeconds() + " s; it is "
                    + streams.state() + ": are the brokers reachable?");
        }
    }

    /** Waits until it stops, and says why it did if it failed. */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
        requireHealthy();
    }

    /** @throws IllegalStateException with the first error, if there was one */
    public void requireHealthy() {
        if (failure.get() != null) {
            throw new IllegalStateException(id + " failed: " + failure.get().getMessage(), failure.get());
        }
    }

    @Override
    public void close() {
        streams.close(CLOSE);
    }
}
