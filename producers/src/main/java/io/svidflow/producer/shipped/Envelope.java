package io.svidflow.producer.shipped;

import java.time.Instant;

/** What a log shipper wrote to its topic. */
sealed interface Envelope {

    /**
     * A line of a container.
     *
     * @param node name of the node that the container runs on; blank if the shipper does not say
     */
    record Line(String namespace, String pod, String container, String node, String text) implements Envelope {}

    /** The shipper of a node is at work: everything from before has been shipped. */
    record Alive(String node, Instant at) implements Envelope {}

    /** Nobody can tell what it is. */
    record Broken(String reason) implements Envelope {}
}
