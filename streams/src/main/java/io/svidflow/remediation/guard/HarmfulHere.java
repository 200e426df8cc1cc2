package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.Prediction;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where an agent's answers are too large or too many it comes back with nothing, and where a wait is short a restart costs more than it gains. */
final class HarmfulHere implements Guard {

    private static final Says SAYS = new Says("S5 harmful-here");
    private static final List<String> HARMFUL = List.of("larger than max", "rate limit", "resourceexhausted");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        NodeTransition node = question.node();
        if (!question.restartsAgent() || node == null) {
            return SAYS.yes("no agent is restarted");
        }
        String error =
                node.getLastSyncError() == null ? "" : node.getLastSyncError().toLowerCase(Locale.ROOT);
        if (HARMFUL.stream().anyMatch(error::contains)) {
            return SAYS.no("a new agent would fail alike, with an empty cache: " + node.getLastSyncError());
        }
        Prediction next = question.finding().getPrediction();
        if (next == null) {
            return SAYS.yes("no attempt of its own is foreseen");
        }
        Duration left = Duration.between(question.now(), next.getNotBefore());
        Map<String, String> numbers = Map.of(
                "secondsLeft", String.valueOf(Math.max(0, left.toSeconds())),
                "worthwhileSeconds",
                        String.valueOf(question.limits().worthwhile().toSeconds()));
        return left.compareTo(question.limits().worthwhile()) < 0
                ? SAYS.no(
                        "the agent tries again by itself between " + next.getNotBefore() + " and " + next.getNotAfter()
                                + "; a restart would drop the cache of every pod on the node for that",
                        numbers,
                        next.getNotAfter())
                : SAYS.yes("the agent does not try again before " + next.getNotBefore(), numbers);
    }
}
