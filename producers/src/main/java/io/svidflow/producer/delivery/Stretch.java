package io.svidflow.producer.delivery;

import io.svidflow.event.Checkpoint;
import io.svidflow.event.Farewell;
import java.util.Optional;

/**
 * The facts between two positions of a source, or between its last position and its leave. Guarded by its {@link
 * Promises}.
 */
final class Stretch {

    private int outstanding;
    private boolean closed;
    private Optional<Checkpoint> end = Optional.empty();
    private Farewell farewell;
    private Runnable said = () -> {};

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

    /**
     * The source takes its leave.
     *
     * @param last its last position; empty: it never promised anything
     * @param then called when that has been said
     */
    void endsWith(Farewell leave, Optional<Checkpoint> last, Runnable then) {
        closed = true;
        farewell = leave;
        end = last;
        said = then;
    }

    /** Whether everything in it has been acknowledged, and nothing can be added. */
    boolean complete() {
        return closed && outstanding == 0;
    }

    /** The position at its end; empty if the source has never had one. */
    Optional<Checkpoint> end() {
        return end;
    }

    /** How the source takes its leave at the end; null: it does not. */
    Farewell farewell() {
        return farewell;
    }

    void said() {
        said.run();
    }
}
