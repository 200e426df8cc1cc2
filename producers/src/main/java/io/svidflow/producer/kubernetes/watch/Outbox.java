package io.svidflow.producer.kubernetes.watch;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;

/** Where one reader puts what it sees; while nobody takes it, the reader waits. */
final class Outbox {

    private final BlockingQueue<Sighting> queue;
    private final long longest;
    private boolean heldUp;

    /** @param longest how long a wait may last before the API server may have lost its patience with the reader */
    Outbox(BlockingQueue<Sighting> queue, Duration longest) {
        this.queue = queue;
        this.longest = longest.toNanos();
    }

    void put(Sighting sighting) throws InterruptedException {
        long start = System.nanoTime();
        queue.put(sighting);
        heldUp |= System.nanoTime() - start > longest;
    }

    /** The reader has a defect and ends. */
    void end(Sighting.Ended ended) {
        try {
            queue.put(ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the reader was held up since it was last asked: a connection that broke meanwhile broke on our account. */
    boolean wasHeldUp() {
        boolean was = heldUp;
        heldUp = false;
        return was;
    }
}
