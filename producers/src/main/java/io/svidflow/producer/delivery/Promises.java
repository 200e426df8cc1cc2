package io.svidflow.producer.delivery;

import io.svidflow.event.Checkpoint;
import io.svidflow.event.Farewell;
import io.svidflow.producer.coverage.Heartbeats;
import io.svidflow.producer.coverage.Source;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Keeps the order of one source: when every fact of a stretch has been acknowledged, its end is stored; when that has
 * been acknowledged, heartbeats promise it. One stretch at a time.
 */
final class Promises {

    private final Source source;
    private final Means means;
    private final Positions positions;
    private final Problem problem;
    private final Deque<Stretch> stretches = new ArrayDeque<>(List.of(new Stretch()));
    private boolean atWork;
    private Heartbeats heartbeats;
    private int heartbeatsVersion = -1;
    private volatile Instant promisedUntil = Instant.MIN;

    /** @param stored where an earlier process stopped */
    Promises(Source source, Optional<Checkpoint> stored, Means means) {
        this.source = source;
        this.positions = new Positions(source, stored, means);
        this.means = means;
        this.problem = new Problem(source.name(), "positions and heartbeats", means.clock());
    }

    /** A record is about to be handed over. */
    synchronized Stretch handedOver() {
        stretches.getLast().handedOver();
        return stretches.getLast();
    }

    void acknowledged(Stretch stretch) {
        synchronized (this) {
            stretch.acknowledged();
        }
        look();
    }

    /** Everything up to here has been handed over. */
    void promise(Checkpoint checkpoint) {
        synchronized (this) {
            stretches.getLast().endsAt(checkpoint);
            stretches.addLast(new Stretch());
        }
        look();
    }

    /**
     * Nothing more comes. That is said up to the last position, which promises nothing new. The position of a source that
     * is gone is forgotten after that: whoever is killed in between says it again.
     */
    void farewell(Farewell leave, Optional<Checkpoint> last, Runnable then) {
        synchronized (this) {
            stretches.getLast().endsWith(leave, last, then);
            stretches.addLast(new Stretch());
        }
        look();
    }

    /** Why nothing can be promised, empty if it can. */
    Optional<String> problem() {
        return problem.now();
    }

    /** Promises that have not been kept yet. */
    synchronized int waiting() {
        return stretches.size() - 1;
    }

    /** Up to where heartbeats have been acknowledged; {@link Instant#MIN}: none has been. */
    Instant promisedUntil() {
        return promisedUntil;
    }

    private void look() {
        Stretch first;
        synchronized (this) {
            first = stretches.getFirst();
            if (atWork || !first.complete()) {
                return;
            }
            atWork = true;
        }
        means.promiser().now(() -> {
            if (first.farewell() == null) {
                store(first);
            } else {
                beat(first);
            }
        });
    }

    private void store(Stretch stretch) throws InterruptedException {
        if (stretch.farewell() == Farewell.GONE) {
            positions.forget(() -> done(stretch), error -> storeLater(stretch, error));
        } else {
            positions.store(stretch.end().orElseThrow(), () -> beat(stretch), error -> storeLater(stretch, error));
        }
    }

    private void storeLater(Stretch stretch, Exception error) {
        int failures = problem.failed(Topics.CHECKPOINTS.name(), error);
        means.promiser().after(means.backoff().after(failures), () -> {
            means.brokers().mend();
            store(stretch);
        });
    }

    private void beat(Stretch stretch) throws InterruptedException {
        List<ProducerRecord<String, byte[]>> beats;
        try {
            beats = stretch.end().map(there -> beats(there, stretch.farewell())).orElse(List.of());
        } catch (RuntimeException e) {
            beaten(stretch, problem.failed("heartbeats", e));
            return;
        }
        if (beats.isEmpty()) {
            beaten(stretch, 0);
            return;
        }
        AtomicInteger open = new AtomicInteger(beats.size());
        AtomicInteger failures = new AtomicInteger();
        for (ProducerRecord<String, byte[]> beat : beats) {
            means.brokers().send(beat, (metadata, error) -> {
                if (error != null) {
                    failures.set(problem.failed(beat.topic(), error));
                }
                if (open.decrementAndGet() == 0) {
                    beaten(stretch, failures.get());
                }
            });
        }
    }

    private List<ProducerRecord<String, byte[]>> beats(Checkpoint end, Farewell leave) {
        int version = means.expected().version();
        if (version != heartbeatsVersion) {
            heartbeats = new Heartbeats(means.cluster(), means.expected().around(source), source);
            heartbeatsVersion = version;
        }
        return heartbeats.at(end.getUntil(), end.getCoveredSince(), leave).stream()
                .flatMap(beat -> means.records().of(beat).stream())
                .toList();
    }

    /** A promise that could not be made is made good by the next one; after a farewell there is none. */
    private void beaten(Stretch stretch, int failures) {
        if (failures == 0) {
            stretch.end().ifPresent(there -> promisedUntil = there.getUntil());
            problem.over();
        } else if (stretch.farewell() != null) {
            means.promiser().after(means.backoff().after(failures), () -> {
                means.brokers().mend();
                beat(stretch);
            });
            return;
        }
        if (stretch.farewell() == Farewell.GONE) {
            means.promiser().now(() -> store(stretch));
        } else {
            done(stretch);
        }
    }

    private void done(Stretch stretch) {
        synchronized (this) {
            stretches.removeFirst();
            atWork = false;
        }
        stretch.said();
        look();
    }
}
