package io.svidflow.producer.delivery;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the brokers that all sources share. The producer retries for ever what can be retried; after the few
 * errors that it does not recover from, {@link #mend()} makes a new one.
 */
final class Brokers implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Brokers.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Supplier<Producer<String, byte[]>> connect;
    private volatile Producer<String, byte[]> producer;
    private volatile Producer<String, byte[]> broken;

    /** @throws org.apache.kafka.common.KafkaException if a setting is missing or wrong */
    Brokers(Supplier<Producer<String, byte[]>> connect) {
        this.connect = connect;
        this.producer = connect.get();
    }

    /**
     * Hands a record over. Every failure goes to the callback, also those that are known at once.
     *
     * @throws InterruptedException if the thread was interrupted; the callback is not called then
     */
    void send(ProducerRecord<String, byte[]> message, Callback callback) throws InterruptedException {
        Producer<String, byte[]> mine = producer;
        try {
            mine.send(message, (metadata, error) -> {
                note(mine, error);
                callback.onCompletion(metadata, error);
            });
        } catch (InterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while publishing");
        } catch (RuntimeException e) {
            note(mine, e);
            callback.onCompletion(null, e);
        }
    }

    /** Makes a new connection if the old one is beyond recovery. Call it before trying again, from no callback. */
    synchronized void mend() {
        if (broken != producer) {
            return;
        }
        try {
            Producer<String, byte[]> next = connect.get();
            Producer<String, byte[]> old = producer;
            producer = next;
            old.close(Duration.ZERO);
            LOGGER.atInfo().log("connected to the brokers anew");
        } catch (RuntimeException e) {
            LOGGER.atWarn()
                    .addKeyValue("error", e.getMessage())
                    .log("cannot connect to the brokers anew; will try again");
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    private void note(Producer<String, byte[]> used, Exception error) {
        boolean beyondRecovery = error instanceof AuthenticationException
                || error instanceof ClusterAuthorizationException
                || error instanceof ProducerFencedException
                || error instanceof InvalidPidMappingException
                || error instanceof OutOfOrderSequenceException
                || error instanceof UnsupportedVersionException
                || error instanceof IllegalStateException;
        if (beyondRecovery && used == producer) {
            broken = used;
        }
    }
}
