package io.svidflow.producer.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs live sources, each in a thread of its own. One that fails is started again after a while, from its last position;
 * meanwhile nobody speaks for it, and the others go on.
 */
public final class Supervisor implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration STOP = Duration.ofSeconds(10);
    /** A source that ran for so long has not failed in a row. */
    private static final Duration SOUND = Duration.ofMinutes(1);

    private final Function<String, Outlets> outlets;
    private final Backoff backoff;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    /**
     * @param outlets new outlets for a live source, each time it is started
     * @param backoff how long to wait before a source that failed is started again
     */
    public Supervisor(Function<String, Outlets> outlets, Backoff backoff, MeterRegistry metrics, Clock clock) {
        this.outlets = outlets;
        this.backoff = backoff;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Starts a source and goes on starting it until {@link #close()}.
     *
     * @throws IllegalArgumentException if one of that name runs already
     */
    public synchronized void start(LiveSource source) {
        String name = source.name();
        if (threads.stream().anyMatch(thread -> thread.getName().equals(name))) {
            throw new IllegalArgumentException("a source named " + name + " runs already: configure it once");
        }
        Counter restarts = Counter.builder("svidflow.live.restarts")
                .description("Times that a live source failed and was started again")
                .tag("name", name)
                .register(metrics);
        Gauge.builder("svidflow.live.up", () -> failures.containsKey(name) ? 0 : 1)
                .description("1 while the live source runs, 0 while it waits to be started again")
                .tag("name", name)
                .register(metrics);
        Thread thread = new Thread(() -> supervise(source, restarts), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** Why sources do not run that should, by name. */
    public Map<String, String> failures() {
        return Map.copyOf(failures);
    }

    /** Whether every source has a thread; one without is not started again. */
    public synchronized boolean alive() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    /** Asks every source to stop and waits for it, for up to 10 s. */
    @Override
    public synchronized void close() {
        threads.forEach(Thread::interrupt);
        Instant deadline = clock.instant().plus(STOP);
        try {
            for (Thread thread : threads) {
                long left = Duration.between(clock.instant(), deadline).toMillis();
                thread.join(Math.max(1, left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    private void supervise(LiveSource source, Counter restarts) {
        int inARow = 0;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Instant started = clock.instant();
                Optional<Throwable> failure = run(source);
                inARow = clock.instant().isAfter(started.plus(SOUND)) ? 1 : inARow + 1;
                restarts.increment();
                Duration wait = backoff.after(inARow);
                tell(source, failure, wait);
                Thread.sleep(wait.toMillis());
                failures.remove(source.name());
            }
        } catch (InterruptedException e) {
            LOGGER.atDebug().addKeyValue("name", source.name()).log("stopped");
        }
    }

    /** Errors too: a source that overflows its stack or misses a class must not end the others' observation. */
    private Optional<Throwable> run(LiveSource source) throws InterruptedException {
        try {
            source.observe(outlets.apply(source.name()));
            return Optional.empty();
        } catch (InterruptedException e) {
            throw e;
        } catch (VirtualMachineError e) {
            if (e instanceof StackOverflowError) {
                return Optional.of(e);
            }
            throw e;
        } catch (Throwable e) {
            return Optional.of(e);
        }
    }

    private void tell(LiveSource source, Optional<Throwable> failure, Duration wait) {
        String why = failure.map(Throwable::toString).orElse("it stopped observing");
        failures.put(source.name(), why);
        LOGGER.atError()
                .addKeyValue("name", source.name())
                .addKeyValue("retryInMillis", wait.toMillis())
                .setCause(failure.orElse(null))
                .log("a live source failed by a fault of the program; it is started again from its last position");
    }
}
