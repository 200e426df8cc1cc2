package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.RemediationRun;

/** An actor carries out only what is signed. Without a key nothing is planned, instead of being refused later. */
final class SigningKey implements Guard {

    private static final Says SAYS = new Says("G30 signing-key");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        boolean earnest = question.policy().run() == RemediationRun.LIVE;
        return earnest && !question.policy().signs()
                ? SAYS.no("this installation has no signing key: set remediation.signing-key")
                : SAYS.yes(earnest ? "there is a key to sign with" : "what is not in earnest is not signed");
    }
}
