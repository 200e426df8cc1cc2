package io.svidflow.serde;

import org.apache.kafka.common.KafkaException;

/**
 * The schema registry gave no usable answer: it is down, too slow, or refuses our credentials. The record at hand may
 * be perfectly good, so it must be tried again later and never be dead-lettered for this.
 */
public final class RegistryUnavailableException extends KafkaException {

    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
