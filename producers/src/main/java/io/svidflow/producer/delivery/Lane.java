package io.svidflow.producer.delivery;

import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.DeadLetters;
import io.svidflow.producer.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The way of one source's publications to the brokers: written, as soon as the registry allows it, and handed over, as
 * soon as there is room. Nothing is dropped; what cannot be written or is too large is kept as a dead letter.
 */
final class Lane {

    private final String source;
    private final Means means;
    private final Runnable countDeadLetter;
    private final Problem problem;
    private final Sending sending;

    /**
     * @param source whose publications they are
     * @param countDeadLetter called for each publication that becomes a dead letter on its way
     */
    Lane(String source, Means means, Runnable countDeadLetter) {
        this.source = source;
        this.means = means;
        this.countDeadLetter = countDeadLetter;
        this.problem = new Problem(source, "facts", means.clock());
        this.sending = new Sending(means, this::oversized, problem);
    }

    /** @param handedOver called for each record before it is handed over; gives what is called when the brokers have it */
    void send(Publication publication, Supplier<Runnable> handedOver) throws InterruptedException {
        for (ProducerRecord<String, byte[]> message : written(publication)) {
            Runnable acknowledged = handedOver.get();
            try {
                sending.send(message, acknowledged);
            } catch (InterruptedException e) {
                acknowledged.run(); // nobody will: it was not handed over, and no position may cover it
                throw e;
            }
        }
    }

    /** Records on their way. */
    long outstanding() {
        return sending.outstanding();
    }

    /** Why nothing gets through, empty if it does. */
    Optional<String> problem() {
        return problem.now();
    }

    private List<ProducerRecord<String, byte[]>> written(Publication publication) throws InterruptedException {
        boolean waited = false;
        while (true) {
            try {
                List<ProducerRecord<String, byte[]>> written = means.records().of(publication);
                if (waited) {
                    problem.over();
                }
                return written;
            } catch (SerializationException e) {
                // Our own serializer and Confluent's: a refusal by the registry has no such cause.
                if (e.getCause() instanceof RuntimeException) {
                    return means.records()
                            .of(deadLetter(
                                    publication.topic().name(),
                                    publication.value().toString(),
                                    e.getMessage()));
                }
                pause(publication, e);
            } catch (RuntimeException e) {
                pause(publication, e);
            }
            waited = true;
        }
    }

    private void pause(Publication publication, RuntimeException error) throws InterruptedException {
        Duration wait = means.backoff().after(problem.failed(publication.topic().name(), error));
        Thread.sleep(wait.toMillis());
    }

    private ProducerRecord<String, byte[]> oversized(ProducerRecord<String, byte[]> message, String reason) {
        String what = "a record of " + message.value().length + " bytes with the key " + message.key();
        String remedy = "; raise max.request.size here and max.message.bytes of the topic";
        return means.records()
                .of(deadLetter(message.topic(), what, reason + remedy))
                .get(0);
    }

    private Publication deadLetter(String topic, String raw, String reason) {
        countDeadLetter.run();
        Origin origin = Origin.newBuilder()
                .setKind(OriginKind.DERIVED)
                .setLocation(topic)
                .build();
        return DeadLetters.of(
                means.cluster(),
                source,
                origin,
                topic,
                raw,
                reason,
                means.clock().instant());
    }
}
