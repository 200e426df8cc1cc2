package io.svidflow.producer.delivery;

import io.svidflow.event.Checkpoint;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.producer.coverage.Source;
import io.svidflow.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Stores the positions of one source. One at a time, by the thread of the {@link Promiser}. */
final class Positions {

    private final Source source;
    private final Means means;
    private final LargeMarks large;

    /** @param stored where an earlier process stopped */
    Positions(Source source, Optional<Checkpoint> stored, Means means) {
        this.source = source;
        this.means = means;
        this.large = new LargeMarks(stored);
    }

    /** Stores a position, or tells why it could not; nothing is referred to then that is not there. */
    void store(Checkpoint whole, Promiser.Task then, Consumer<Exception> failed) throws InterruptedException {
        try {
            LargeMarks.Prepared prepared = large.prepare(whole);
            List<ProducerRecord<String, byte[]>> position = List.of(written(key(), prepared.position()));
            List<ProducerRecord<String, byte[]>> first = prepared.first().entrySet().stream()
                    .map(entry -> written(entry.getKey(), entry.getValue()))
                    .toList();
            Promiser.Task stored = () -> {
                large.stored(whole);
                then.run();
            };
            send(first, () -> send(position, stored, failed), failed);
        } catch (RuntimeException e) {
            failed.accept(e);
        }
    }

    /** Forgets whatever is stored of the source. */
    void forget(Promiser.Task then, Consumer<Exception> failed) throws InterruptedException {
        List<String> keys = new ArrayList<>(large.keys(means.cluster(), source.name()));
        keys.add(key());
        send(
                keys.stream()
                        .map(key -> new ProducerRecord<String, byte[]>(Topics.CHECKPOINTS.name(), key, null))
                        .toList(),
                then,
                failed);
    }

    private String key() {
        return Topics.sourceKey(means.cluster(), source.name());
    }

    private ProducerRecord<String, byte[]> written(String key, Checkpoint checkpoint) {
        return means.records()
                .of(new Publication(Topics.CHECKPOINTS, key, checkpoint, checkpoint.getUntil(), Route.BY_KEY))
                .get(0);
    }

    /** Goes on when all of them have been acknowledged. */
    private void send(List<ProducerRecord<String, byte[]>> messages, Promiser.Task then, Consumer<Exception> failed)
            throws InterruptedException {
        if (messages.isEmpty()) {
            then.run();
            return;
        }
        AtomicInteger open = new AtomicInteger(messages.size());
        AtomicReference<Exception> failure = new AtomicReference<>();
        for (ProducerRecord<String, byte[]> message : messages) {
            means.brokers().send(message, (metadata, error) -> {
                if (error != null) {
                    failure.set(error);
                }
                if (open.decrementAndGet() > 0) {
                    return;
                }
                if (failure.get() == null) {
                    means.promiser().now(then);
                } else {
                    failed.accept(failure.get());
                }
            });
        }
    }
}
