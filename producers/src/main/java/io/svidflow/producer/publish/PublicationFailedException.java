package io.svidflow.producer.publish;

/** An event could not be written to Kafka. The message names the topic, the event and what the brokers said. */
public final class PublicationFailedException extends RuntimeException {

    PublicationFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
