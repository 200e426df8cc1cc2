package io.svidflow.resync.scene;

import io.svidflow.event.RemediationCommand;

/** The SPIRE server, as an actor uses it: it only asks. */
public interface Identities {

    /** What the server says of what the command names; that it does not answer is an answer, too. */
    Plane look(RemediationCommand command) throws InterruptedException;
}
