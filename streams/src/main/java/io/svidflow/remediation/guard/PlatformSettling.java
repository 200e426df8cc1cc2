package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A deadline depends on what the platform is busy with: an agent that has just attested waits for the server's next cache, and a server that builds its cache answers late. */
final class PlatformSettling implements Guard {

    private static final Says SAYS = new Says("G31 platform-settling");
    /** A fresh agent synchronises within 45 s, and the server reads new entries every 5 s. */
    private static final Duration SETTLES = Duration.ofSeconds(90);

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        if (question.view().server().buildsCache(question.now())) {
            return SAYS.no("the server is building its cache of entries");
        }
        NodeTransition node = question.node();
        Instant latest = node == null ? null : later(node.getAttestedAt(), node.getAgentStartedAt());
        if (latest == null || !question.now().isBefore(latest.plus(SETTLES))) {
            return SAYS.yes("the agent has had time to settle");
        }
        return SAYS.no(
                "the agent of " + node.getNode() + " started or attested at " + latest,
                Map.of("settlesSeconds", String.valueOf(SETTLES.toSeconds())),
                latest.plus(SETTLES));
    }

    private static Instant later(Instant a, Instant b) {
        return a == null || (b != null && b.isAfter(a)) ? b : a;
    }
}
