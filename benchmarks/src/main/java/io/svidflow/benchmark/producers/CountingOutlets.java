package io.svidflow.benchmark.producers;

import io.svidflow.event.Origin;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.live.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a source says, hands it on, and knows when the source has said everything. */
final class CountingOutlets implements Outlets, Outlet {

    /** Takes what is said. */
    interface Sink {
        void take(List<Publication> facts) throws InterruptedException;
    }

    private final EventHeaders headers = new EventHeaders("bench", "kubernetes");
    private final Sink sink;
    private final AtomicLong facts = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();
    private final CountDownLatch complete = new CountDownLatch(1);
    private long sequence;

    CountingOutlets(Sink sink) {
        this.sink = sink;
    }

    /** Opened when everything has been said once. */
    CountDownLatch complete() {
        return complete;
    }

    long facts() {
        return facts.get();
    }

    long deadLetters() {
        return deadLetters.get();
    }

    @Override
    public Outlet of(Source source) {
        return this;
    }

    @Override
    public Set<Source> known() {
        return Set.of();
    }

    @Override
    public Optional<Position> stored(Source source) {
        return Optional.empty();
    }

    @Override
    public void release(Source source) {}

    @Override
    public void deadLetter(String reader, Origin origin, String raw, String reason) {
        deadLetters.incrementAndGet();
    }

    @Override
    public EventHeaders headers() {
        return headers;
    }

    @Override
    public long nextSequence() {
        return sequence++;
    }

    @Override
    public Optional<Position> resumeFrom() {
        return Optional.empty();
    }

    @Override
    public void publish(List<Publication> said) throws InterruptedException {
        facts.addAndGet(said.size());
        sink.take(said);
    }

    @Override
    public void deadLetter(Origin origin, String raw, String reason) {
        deadLetters.incrementAndGet();
    }

    @Override
    public void unknownLine(String message) {}

    @Override
    public void observed(Position position) {
        complete.countDown();
    }

    @Override
    public void gap(Instant from, Instant to, String why) {}
}
