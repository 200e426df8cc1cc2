package io.svidflow.resync.actor;

import io.svidflow.event.RemediationEvidence;
import io.svidflow.event.RemediationIntent;
import io.svidflow.event.RemediationResult;
import java.util.List;

/**
 * Where an actor writes what it does. Each method writes all or nothing, together with the fact that the command was
 * read: what was written is never read again, and what was not is read by whoever comes next.
 */
public interface Journal {

    /** The command is answered, and nothing is done. */
    void answered(Delivery delivery, RemediationResult result);

    /** The command is about to be carried out. When this returns it may be; if it throws it must not. */
    void intends(
            Delivery delivery,
            RemediationIntent intent,
            List<RemediationEvidence> evidence,
            RemediationResult accepted);

    /** It ended. */
    void ended(Delivery delivery, RemediationIntent intent);

    /** Somebody set out to do it and is gone; nobody knows how it ended. */
    void orphaned(RemediationIntent intent);

    /** The command is none of this actor's business. */
    void skipped(Delivery delivery);
}
