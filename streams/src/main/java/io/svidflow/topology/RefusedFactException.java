package io.svidflow.topology;

import java.nio.charset.StandardCharsets;

/**
 * A fact broke a rule when its turn came, which is while another record is being processed: the dead letter must hold the
 * fact and not that record.
 */
final class RefusedFactException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String topic;
    private final String key;
    private final byte[] value;

    /**
     * @param topic where the fact came from
     * @param value its bytes as they were on that topic
     */
    RefusedFactException(String topic, String key, byte[] value, RuntimeException cause) {
        super("fact of " + key + " from " + topic + " cannot be applied: " + cause, cause);
        this.topic = topic;
        this.key = key;
        this.value = value.clone();
    }

    String topic() {
        return topic;
    }

    byte[] key() {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    byte[] value() {
        return value.clone();
    }
}
