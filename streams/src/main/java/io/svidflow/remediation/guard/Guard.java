package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;

/** A reason not to act. One class each; docs/guards.md says who was hurt for want of it. */
public interface Guard {

    /** Number and name, as docs/guards.md lists it, e.g. {@code G5 node-lease}. */
    String name();

    /** What it says of a proposal. It neither acts nor remembers. */
    GuardDecision ask(Question question);
}
