package io.svidflow.cli.evaluate;

import java.util.List;

/**
 * How a verdict on one bundle compares with what is known of it.
 *
 * @param bundle id of the incident
 * @param calls the pods that had no identity
 * @param falseAlarms the pods that were reported although they must not be
 * @param silent pods that must stay silent and did
 * @param incidents the faults that had to be reported
 * @param predictions how right the predicted attempts of agents were
 * @param differences what {@code replay} would complain of
 */
public record Judgement(
        String bundle,
        List<Call> calls,
        List<FalseAlarm> falseAlarms,
        int silent,
        List<ExpectedFault> incidents,
        PredictionErrors predictions,
        List<String> differences) {

    /** A pod that was reported although it must not be. */
    public record FalseAlarm(String pod, String cause, double confidence) {}

    /** A fault that had to be reported as an incident, and whether it was. */
    public record ExpectedFault(List<String> cause, boolean reported) {}

    public Judgement {
        calls = List.copyOf(calls);
        falseAlarms = List.copyOf(falseAlarms);
        incidents = List.copyOf(incidents);
        differences = List.copyOf(differences);
    }
}
