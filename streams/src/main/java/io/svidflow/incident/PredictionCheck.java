package io.svidflow.incident;

import io.svidflow.event.Finding;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.Prediction;
import io.svidflow.event.PredictionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How right the prediction of an agent's next attempt was, once the agent has synchronised. Successes are logged by nobody:
 * without audit log and debug API the first one that is known may be later than the first one that there was.
 */
final class PredictionCheck {

    private PredictionCheck() {}

    /** The first success of an agent that has been failing; empty when the change of the node is no such success. */
    static Optional<Instant> firstSuccess(NodeTransition before, NodeTransition after) {
        boolean healed = before != null
                && before.getSyncFailingSince() != null
                && after.getSyncFailingSince() == null
                && !after.getGone();
        return healed ? Optional.ofNullable(after.getLastSyncSuccess()) : Optional.empty();
    }

    /** The finding with what became of its prediction; the same object when nothing was predicted. */
    static Finding judged(Finding finding, Instant success, Instant now) {
        Prediction prediction = finding.getPrediction();
        if (prediction == null) {
            return finding;
        }
        PredictionOutcome outcome = PredictionOutcome.newBuilder()
                .setNotBefore(prediction.getNotBefore())
                .setNotAfter(prediction.getNotAfter())
                .setSucceededAt(success)
                .setOffByMillis(offByMillis(prediction, success))
                .build();
        return Finding.newBuilder(finding)
                .setPredictionOutcome(outcome)
                .setRevision(finding.getRevision() + 1)
                .setUpdatedAt(now)
                .build();
    }

    private static long offByMillis(Prediction window, Instant success) {
        if (success.isBefore(window.getNotBefore())) {
            return Duration.between(window.getNotBefore(), success).toMillis();
        }
        return success.isAfter(window.getNotAfter())
                ? Duration.between(window.getNotAfter(), success).toMillis()
                : 0;
    }
}
