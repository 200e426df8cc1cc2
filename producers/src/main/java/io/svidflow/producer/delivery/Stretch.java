package io.svidflow.producer.delivery;

import io.svidflow.event.Checkpoint;
import java.util.Optional;

/** The facts between two positions of a source. Guarded by its {@link Promises}. */
final class Stretch {

    private int outstanding;
    private boolean closed;
    private Optional<Checkpoint> end = Optional.empty();
    private Runnable forgotten = () -> {};

    void handedOver() {
        outstanding++;
    }

    void acknowledged() {
        outstanding--;
    }

    void endsAt(Checkpoint checkpoint) {
        closed = true;
        end = Optional.of(checkpoint);
    }

    /** Nothing comes after it, and the source's position is forgotten. */
    void endsForGood(Runnable then) {
        closed = true;
        forgotten = then;
    }

    /** Whether everything in it has been acknowledged, and nothing can be added. */
    boolean complete() {
        return closed && outstanding == 0;
    }

    /** The position at its end; empty if the source is forgotten. */
    Optional<Checkpoint> end() {
        return end;
    }

    void forgotten() {
        forgotten.run();
    }
}
