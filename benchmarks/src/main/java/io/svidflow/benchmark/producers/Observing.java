package io.svidflow.benchmark.producers;

import io.svidflow.producer.live.LiveSource;
import io.svidflow.producer.live.Outlets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A source that observes in a thread of its own until this is closed. */
final class Observing implements AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(100);

    private final AtomicReference<RuntimeException> defect = new AtomicReference<>();
    private final Thread thread;

    Observing(LiveSource source, Outlets outlets) {
        thread = new Thread(() -> observe(source, outlets), "bench-" + source.name());
        thread.setDaemon(true);
        thread.start();
    }

    private void observe(LiveSource source, Outlets outlets) {
        try {
            source.observe(outlets);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            defect.set(e);
        }
    }

    /** Waits for the source. */
    void await(CountDownLatch done, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (!done.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
            if (defect.get() != null) {
                throw new IllegalStateException(
                        "the source ended: " + defect.get().getMessage(), defect.get());
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "the source did not come to an end within " + longest.toMinutes() + " min; measure fewer pods");
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
