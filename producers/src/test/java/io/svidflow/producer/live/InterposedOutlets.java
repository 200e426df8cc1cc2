package io.svidflow.producer.live;

import io.svidflow.event.Origin;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Outlets where something happens before facts are published or a position is stored: the process is killed, or has to
 * wait.
 */
public record InterposedOutlets(Outlets outlets, Step step) implements Outlets {

    /** What happens. */
    @FunctionalInterface
    public interface Step {

        /** Called before each publication and each position. */
        void before() throws InterruptedException;
    }

    @Override
    public Outlet of(Source source) throws InterruptedException {
        return new Interposed(outlets.of(source), step);
    }

    @Override
    public Set<Source> known() throws InterruptedException {
        return outlets.known();
    }

    @Override
    public Optional<Position> stored(Source source) throws InterruptedException {
        return outlets.stored(source);
    }

    @Override
    public void release(Source source) throws InterruptedException {
        outlets.release(source);
    }

    @Override
    public void deadLetter(String reader, Origin origin, String raw, String reason) throws InterruptedException {
        outlets.deadLetter(reader, origin, raw, reason);
    }

    private record Interposed(Outlet outlet, Step step) implements Outlet {

        @Override
        public EventHeaders headers() {
            return outlet.headers();
        }

        @Override
        public long nextSequence() {
            return outlet.nextSequence();
        }

        @Override
        public Optional<Position> resumeFrom() {
            return outlet.resumeFrom();
        }

        @Override
        public void publish(List<Publication> facts) throws InterruptedException {
            step.before();
            outlet.publish(facts);
        }

        @Override
        public void deadLetter(Origin origin, String raw, String reason) throws InterruptedException {
            outlet.deadLetter(origin, raw, reason);
        }

        @Override
        public void unknownLine(String message) {
            outlet.unknownLine(message);
        }

        @Override
        public void observed(Position position) throws InterruptedException {
            step.before();
            outlet.observed(position);
        }

        @Override
        public void gap(Instant from, Instant to, String why) throws InterruptedException {
            outlet.gap(from, to, why);
        }
    }
}
