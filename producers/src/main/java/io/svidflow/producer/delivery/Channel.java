package io.svidflow.producer.delivery;

import io.svidflow.event.Checkpoint;
import io.svidflow.event.Farewell;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The way of one source to the brokers, and where it would go on after a restart. It outlives the outlets that a source
 * which fails and is started again is given one after the other.
 */
final class Channel implements SourceStatus.Of {

    private final Source source;
    private final String by;
    private final Means means;
    private final SourceCounts counts;
    private final Lane lane;
    private final Promises promises;
    private volatile Optional<Checkpoint> reached;
    private volatile Instant observedUntil = Instant.MIN;
    private volatile SourceOutlet outlet;

    /**
     * @param by name of the live source that speaks for it
     * @param stored where an earlier process stopped
     */
    Channel(Source source, String by, Optional<Checkpoint> stored, Means means, SourceCounts counts) {
        this.source = source;
        this.by = by;
        this.means = means;
        this.counts = counts;
        this.reached = stored;
        this.lane = new Lane(source.name(), means, counts::deadLetter);
        this.promises = new Promises(source, stored, means);
    }

    /** A new outlet, which goes on where the last one came to; the last one is of no use any more. */
    synchronized SourceOutlet open() {
        outlet = new SourceOutlet(this, means, counts);
        return outlet;
    }

    boolean isCurrent(SourceOutlet asked) {
        return outlet == asked;
    }

    Source source() {
        return source;
    }

    String by() {
        return by;
    }

    /** The last position that has been, or will be, stored. */
    Optional<Checkpoint> reached() {
        return reached;
    }

    /** Promises that have not been kept yet. */
    int waiting() {
        return promises.waiting();
    }

    void send(Publication publication) throws InterruptedException {
        lane.send(publication, () -> {
            Stretch stretch = promises.handedOver();
            return () -> promises.acknowledged(stretch);
        });
    }

    void observed(Instant until) {
        observedUntil = until;
    }

    /**
     * Says that the source is gone and forgets its position, when everything that it said has been acknowledged; returns
     * when that is done.
     */
    void release() throws InterruptedException {
        outlet = null;
        CountDownLatch forgotten = new CountDownLatch(1);
        promises.farewell(Farewell.GONE, reached, forgotten::countDown);
        forgotten.await();
    }

    /** Says that nobody observes the source here any more, when everything that it said has been acknowledged. */
    void stop(Runnable then) {
        outlet = null;
        promises.farewell(Farewell.STOPPED, reached, then);
    }

    void promise(Checkpoint checkpoint) {
        reached = Optional.of(checkpoint);
        promises.promise(checkpoint);
    }

    @Override
    public SourceStatus now() {
        return new SourceStatus(
                source,
                by,
                observedUntil,
                promises.promisedUntil(),
                lane.outstanding(),
                lane.problem().or(promises::problem));
    }
}
