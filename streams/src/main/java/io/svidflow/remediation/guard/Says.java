package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import java.time.Instant;
import java.util.Map;

/** Words the decisions of one guard. */
record Says(String guard) {

    GuardDecision yes(String because, Map<String, String> numbers) {
        return new GuardDecision(guard, true, because, numbers, null);
    }

    GuardDecision yes(String because) {
        return yes(because, Map.of());
    }

    /** @param next when it is worth asking again; null: when a fact or a person changes something */
    GuardDecision no(String because, Map<String, String> numbers, Instant next) {
        return new GuardDecision(guard, false, because, numbers, next);
    }

    GuardDecision no(String because) {
        return no(because, Map.of(), null);
    }
}
