package io.svidflow.producer.delivery;

import io.svidflow.event.Checkpoint;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.producer.coverage.Heartbeats;
import io.svidflow.producer.coverage.Source;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Keeps the order of one source: when every fact of a stretch has been acknowledged, its end is stored; when that has
 * been acknowledged, heartbeats promise it. One stretch at a time.
 */
final class Promises {

    private final Source source;
    private final Means means;
    private final Problem problem;
    private final Deque<Stretch> stretches = new ArrayDeque<>(List.of(new Stretch()));
    private boolean atWork;
    private Heartbeats heartbeats;
    private int heartbeatsVersion = -1;
    private volatile Instant promisedUntil = Instant.MIN;

    Promises(Source source, Means means) {
        this.source = source;
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

    /** Nothing more comes: the position of the source is to be forgotten. */
    void forget(Runnable then) {
        synchronized (this) {
            stretches.getLast().endsForGood(then);
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
        means.promiser().now(() -> store(first));
    }

    private void store(Stretch stretch) throws InterruptedException {
        try {
            means.brokers().send(position(stretch), (metadata, error) -> {
                if (error == null) {
                    means.promiser().now(() -> beat(stretch));
                } else {
                    storeLater(stretch, error);
                }
            });
        } catch (RuntimeException e) {
            storeLater(stretch, e);
        }
    }

    private ProducerRecord<String, byte[]> position(Stretch stretch) {
        String key = Topics.sourceKey(means.cluster(), source.name());
        return stretch.end()
                .map(there -> means.records()
                        .of(new Publication(Topics.CHECKPOINTS, key, there, there.getUntil(), Route.BY_KEY))
                        .get(0))
                .orElseGet(() -> new ProducerRecord<>(Topics.CHECKPOINTS.name(), key, null));
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
            beats = stretch.end().map(this::beats).orElse(List.of());
        } catch (RuntimeException e) {
            problem.failed("heartbeats", e);
            done(stretch, false);
            return;
        }
        if (beats.isEmpty()) {
            done(stretch, true);
            return;
        }
        AtomicInteger open = new AtomicInteger(beats.size());
        AtomicBoolean kept = new AtomicBoolean(true);
        for (ProducerRecord<String, byte[]> beat : beats) {
            means.brokers().send(beat, (metadata, error) -> {
                if (error != null) {
                    kept.set(false);
                    problem.failed(beat.topic(), error);
                }
                if (open.decrementAndGet() == 0) {
                    done(stretch, kept.get());
                }
            });
        }
    }

    private List<ProducerRecord<String, byte[]>> beats(Checkpoint end) {
        int version = means.expected().version();
        if (version != heartbeatsVersion) {
            heartbeats = new Heartbeats(means.cluster(), means.expected().around(source), source);
            heartbeatsVersion = version;
        }
        return heartbeats.at(end.getUntil(), end.getCoveredSince()).stream()
                .flatMap(beat -> means.records().of(beat).stream())
                .toList();
    }

    /** A promise that could not be made is made good by the next one. */
    private void done(Stretch stretch, boolean kept) {
        if (kept) {
            stretch.end().ifPresent(there -> promisedUntil = there.getUntil());
            problem.over();
        }
        synchronized (this) {
            stretches.removeFirst();
            atWork = false;
        }
        if (stretch.end().isEmpty()) {
            stretch.forgotten();
        }
        look();
    }
}
