package io.svidflow.producer.delivery;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that stores positions, writes heartbeats and tries again what failed, for all sources. Sources must not do
 * that themselves: one that is stuck has facts to be promised, and the brokers' callbacks must not wait.
 */
final class Promiser implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Promiser.class);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread worker = new Thread(task, "svidflow-promises");
        worker.setDaemon(true);
        return worker;
    });

    /** Something to be done that may be interrupted by the end of the process. */
    interface Task {
        void run() throws InterruptedException;
    }

    void now(Task task) {
        after(Duration.ZERO, task);
    }

    void after(Duration wait, Task task) {
        try {
            thread.schedule(() -> run(task), wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The process ends; what has not been promised will be published again by the next one.
        }
    }

    private static void run(Task task) {
        try {
            task.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("a promise could not be kept by a fault of the program");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
