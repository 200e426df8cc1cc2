package io.svidflow.producer.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Hands over the facts of one source and does not give up: what the brokers refuse is tried again until they take it.
 * Only a fact that is too large for them becomes a dead letter.
 */
final class Sending {

    /** What a record costs besides its bytes, roughly. */
    private static final int OVERHEAD = 256;

    private final Means means;
    private final Oversized oversized;
    private final Problem problem;
    private final Budget.Account account = new Budget.Account();
    private final AtomicLong outstanding = new AtomicLong();
    private final List<Handed> refused = new ArrayList<>();

    /** Makes something that fits out of something that does not. */
    interface Oversized {
        ProducerRecord<String, byte[]> deadLetter(ProducerRecord<String, byte[]> message, String reason);
    }

    private record Handed(
            ProducerRecord<String, byte[]> message,
            long bytes,
            Runnable acknowledged,
            boolean again,
            Optional<String> oversized) {}

    Sending(Means means, Oversized oversized, Problem problem) {
        this.means = means;
        this.oversized = oversized;
        this.problem = problem;
    }

    /**
     * Hands a record over, and waits first if too much is on its way.
     *
     * @param acknowledged called when the brokers have it
     * @throws InterruptedException if the thread was interrupted; the record is not handed over then
     */
    void send(ProducerRecord<String, byte[]> message, Runnable acknowledged) throws InterruptedException {
        long bytes = OVERHEAD + message.key().length() + (long) message.value().length;
        means.budget().take(account, bytes);
        outstanding.incrementAndGet();
        try {
            attempt(new Handed(message, bytes, acknowledged, false, Optional.empty()));
        } catch (InterruptedException e) {
            outstanding.decrementAndGet();
            means.budget().giveBack(account, bytes);
            throw e;
        }
    }

    /** Records on their way. */
    long outstanding() {
        return outstanding.get();
    }

    private void attempt(Handed handed) throws InterruptedException {
        means.brokers().send(handed.message(), (metadata, error) -> {
            if (error == null) {
                acknowledged(handed);
            } else {
                refused(handed, error);
            }
        });
    }

    private void acknowledged(Handed handed) {
        means.budget().giveBack(account, handed.bytes());
        outstanding.decrementAndGet();
        if (handed.again()) {
            problem.over();
        }
        handed.acknowledged().run();
    }

    private void refused(Handed handed, Exception error) {
        boolean tooLarge = error instanceof RecordTooLargeException;
        Optional<String> reason = tooLarge ? Optional.of(error.getMessage()) : Optional.empty();
        int failures = problem.failed(handed.message().topic(), error);
        synchronized (refused) {
            refused.add(new Handed(handed.message(), handed.bytes(), handed.acknowledged(), true, reason));
            if (refused.size() > 1) {
                return;
            }
        }
        means.promiser().after(means.backoff().after(failures), this::again);
    }

    private void again() throws InterruptedException {
        means.brokers().mend();
        List<Handed> waiting;
        synchronized (refused) {
            waiting = new ArrayList<>(refused);
            refused.clear();
        }
        for (Handed handed : waiting) {
            try {
                attempt(fitting(handed));
            } catch (RuntimeException e) {
                refused(handed, e);
            }
        }
    }

    private Handed fitting(Handed handed) {
        return handed.oversized()
                .map(reason -> new Handed(
                        oversized.deadLetter(handed.message(), reason),
                        handed.bytes(),
                        handed.acknowledged(),
                        true,
                        Optional.empty()))
                .orElse(handed);
    }
}
