package io.svidflow.resync.check;

import io.svidflow.event.RemediationCommand;
import io.svidflow.resync.scene.Scene;
import java.util.Optional;

/** Something that must be so, now, for a command to be carried out. What cannot be seen is not so. */
public interface Check {

    /** Its guard's number and name, as docs/guards.md lists them. */
    String guard();

    /** Why the command is not carried out; empty: nothing speaks against it. */
    Optional<Refusal> ask(RemediationCommand command, Scene scene);
}
