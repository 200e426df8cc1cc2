package io.svidflow.identity;

import java.time.Instant;

/** Whether a link of the chain holds. */
sealed interface LinkStatus {

    /** It holds. */
    record Holds() implements LinkStatus {}

    /**
     * It does not hold.
     *
     * @param deadline when its absence begins to mean something
     */
    record Missing(Instant deadline) implements LinkStatus {}

    /** Nobody can tell. */
    record Unknown() implements LinkStatus {}

    LinkStatus HOLDS = new Holds();
    LinkStatus UNKNOWN = new Unknown();

    static LinkStatus missingFrom(Instant deadline) {
        return new Missing(deadline);
    }
}
