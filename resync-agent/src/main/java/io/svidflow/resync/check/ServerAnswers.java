package io.svidflow.resync.check;

import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.resync.scene.Scene;
import java.util.Optional;

/** The SPIRE server answers the actor, from its datastore: without it a restarted agent comes back with nothing. */
final class ServerAnswers implements Check {

    @Override
    public String guard() {
        return "S3 server-answers";
    }

    @Override
    public Optional<Refusal> ask(RemediationCommand command, Scene scene) {
        return scene.plane()
                .trouble()
                .flatMap(trouble -> Refusal.of(
                        RemediationOutcome.VETOED, guard(), "the SPIRE server does not answer this actor: " + trouble));
    }
}
