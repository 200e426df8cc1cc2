package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.remediation.Latches;
import java.time.Instant;
import java.util.Map;

/** A storm that has just passed may come back: for a while after it nothing is done. */
final class StormLatch implements Guard {

    private static final Says SAYS = new Says("G6 storm-latch");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        Instant storm = question.casebook().instant(Latches.STORM);
        Instant calm = storm == null ? null : storm.plus(question.limits().cooldown());
        return calm != null && question.now().isBefore(calm)
                ? SAYS.no(
                        "more were in trouble than one remedy is for, last at " + storm,
                        Map.of(
                                "cooldownSeconds",
                                String.valueOf(question.limits().cooldown().toSeconds())),
                        calm)
                : SAYS.yes(storm == null ? "there was no storm" : "the last storm was at " + storm);
    }
}
