package io.svidflow.producer.delivery;

import io.svidflow.event.Checkpoint;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.DeadLetters;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Publication;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.live.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a source speaks to. Used by the thread of the source alone. */
final class SourceOutlet implements Outlet {

    /** One is being kept and one waits: more would only be replaced by later ones. */
    private static final int ENOUGH_PROMISES = 2;

    private final Channel channel;
    private final Means means;
    private final SourceCounts counts;
    private final Optional<Position> resumeFrom;
    private final EventHeaders headers;
    private final Instant openedAt;
    private long sequence;
    private Instant coveredSince;
    private Position last;
    private boolean promised = true;
    private boolean saidMoreSince;
    private boolean interrupted;
    private Instant promisedAt = Instant.MIN;
    private Instant lastFact;

    SourceOutlet(Channel channel, Means means, SourceCounts counts) {
        this.channel = channel;
        this.means = means;
        this.counts = counts;
        Optional<Checkpoint> reached = channel.reached();
        this.resumeFrom = reached.map(there -> new Position(there.getUntil(), new TreeMap<>(there.getMarks())));
        this.headers = new EventHeaders(means.cluster(), channel.source().name());
        this.headers.resumeOrdinals(reached.map(Checkpoint::getOrdinals).orElse(""));
        this.sequence = reached.map(Checkpoint::getSequence).orElse(0L);
        this.coveredSince = reached.map(Checkpoint::getCoveredSince).orElse(null);
        this.last = resumeFrom.orElse(null);
        this.openedAt = means.clock().instant();
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
        return resumeFrom;
    }

    @Override
    public void publish(List<Publication> facts) throws InterruptedException {
        requireCurrent();
        saidMoreSince |= !facts.isEmpty();
        for (Publication fact : facts) {
            send(fact);
            lastFact = fact.observedAt();
        }
        counts.facts(facts.size());
    }

    @Override
    public void deadLetter(Origin origin, String raw, String reason) throws InterruptedException {
        requireCurrent();
        saidMoreSince = true;
        String place = origin.getLocation() + (origin.getLine() == null ? "" : ":" + origin.getLine());
        Instant after = lastFact == null ? openedAt : lastFact;
        channel.send(DeadLetters.of(means.cluster(), channel.source().name(), origin, place, raw, reason, after));
        counts.deadLetter();
    }

    @Override
    public void unknownLine(String message) {
        counts.unknownLine();
    }

    @Override
    public void observed(Position position) {
        requireCurrent();
        if (last != null && position.until().isBefore(last.until())) {
            throw new IllegalArgumentException(channel.source().name() + " has observed until " + last.until()
                    + " and cannot go back to " + position.until());
        }
        last = position;
        promised = false;
        saidMoreSince = false;
        channel.observed(position.until());
        if (due() && channel.waiting() < ENOUGH_PROMISES) {
            promise();
        }
    }

    @Override
    public void gap(Instant from, Instant to, String why) throws InterruptedException {
        requireCurrent();
        if (!promised && !saidMoreSince) {
            promise();
        }
        coveredSince = to;
        counts.gap();
        publish(List.of(gapFact(from, to, why)));
    }

    /** What was seen from {@code from} to {@code to} is nobody's knowledge, and that is a fact. */
    private Publication gapFact(Instant from, Instant to, String why) {
        FailedObservations failures = new FailedObservations(headers);
        String error = "nothing was observed from " + from + " to " + to + ": " + why;
        Origin origin = Origin.newBuilder()
                .setKind(OriginKind.DERIVED)
                .setLocation(channel.source().name())
                .build();
        return failures.of(to, channel.source(), FailedObservations.GAP, error, nextSequence(), origin);
    }

    /** A tenth early, so that a source that speaks once in a cadence is not a cadence late. */
    private boolean due() {
        Duration cadence = channel.source().kind().cadence().multipliedBy(9).dividedBy(10);
        Instant now = means.clock().instant();
        return !now.isBefore(promisedAt.plus(cadence)) || now.isBefore(promisedAt);
    }

    /** After a gap nothing is promised before its end. */
    private void promise() {
        if (coveredSince == null) {
            coveredSince = last.until().isBefore(openedAt) ? last.until() : openedAt;
        }
        if (last.until().isBefore(coveredSince)) {
            return;
        }
        promisedAt = means.clock().instant();
        promised = true;
        channel.promise(Checkpoint.newBuilder()
                .setCluster(means.cluster())
                .setSource(channel.source().name())
                .setUntil(last.until())
                .setCoveredSince(coveredSince)
                .setSequence(sequence)
                .setMarks(last.marks())
                .setOrdinals(headers.ordinals())
                .build());
    }

    private void send(Publication publication) throws InterruptedException {
        try {
            channel.send(publication);
        } catch (InterruptedException e) {
            interrupted = true;
            throw e;
        }
    }

    /** A position of an outlet that lost a fact to an interrupt would promise too much. */
    private void requireCurrent() {
        if (interrupted || !channel.isCurrent(this)) {
            throw new IllegalStateException("this outlet of " + channel.source().name() + " was "
                    + (interrupted ? "interrupted" : "replaced when its source was started again"));
        }
    }
}
