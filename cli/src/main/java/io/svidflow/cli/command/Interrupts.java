package io.svidflow.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into an interrupt of the thread that works, and lets the process end only when that thread has tidied up
 * behind itself, for up to 30 s.
 */
final class Interrupts implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch tidied = new CountDownLatch(1);
    private final Thread hook;

    private Interrupts(Thread worker) {
        hook = new Thread(() -> interrupt(worker), "svidflow-interrupts");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** From now until {@link #close()}. */
    static Interrupts ofThisThread() {
        return new Interrupts(Thread.currentThread());
    }

    private void interrupt(Thread worker) {
        worker.interrupt();
        try {
            tidied.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything has been tidied up. */
    @Override
    public void close() {
        tidied.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook with it.
        }
    }
}
