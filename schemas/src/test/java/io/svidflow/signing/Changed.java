package io.svidflow.signing;

import io.svidflow.event.BudgetReceipt;
import io.svidflow.event.Prediction;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationRun;
import io.svidflow.event.RemediationTarget;
import java.time.Instant;
import java.util.List;

/** A value that is as much like another as can be, and not the same. */
final class Changed {

    private Changed() {}

    static Object of(Object value) {
        if (value instanceof String text) {
            return text + ".";
        }
        if (value instanceof Integer number) {
            return number + 1;
        }
        if (value instanceof Long number) {
            return number + 1;
        }
        if (value instanceof Instant at) {
            return at.plusNanos(1000);
        }
        if (value instanceof List<?>) {
            return List.of();
        }
        if (value instanceof RemediationAction action) {
            return action == RemediationAction.WAIT ? RemediationAction.NOTIFY : RemediationAction.WAIT;
        }
        if (value instanceof RemediationRun) {
            return RemediationRun.TEST;
        }
        if (value instanceof Prediction prediction) {
            return Prediction.newBuilder(prediction)
                    .setAttempts(prediction.getAttempts() + 1)
                    .build();
        }
        if (value instanceof RemediationTarget target) {
            return RemediationTarget.newBuilder(target)
                    .setUid(target.getUid() + ".")
                    .build();
        }
        if (value instanceof BudgetReceipt receipt) {
            return BudgetReceipt.newBuilder(receipt)
                    .setUsed(receipt.getUsed() + 1)
                    .build();
        }
        throw new IllegalArgumentException("no change known for " + value);
    }
}
