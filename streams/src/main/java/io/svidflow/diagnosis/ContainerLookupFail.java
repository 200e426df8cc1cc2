package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.identity.AttestFailure;
import java.time.Duration;
import java.time.Instant;

/**
 * The kubelet answers, but its pod list does not show the container that asks. One pod: a hook that waits for an identity
 * before its container counts as started, or a restart a moment ago. The whole node: the agent misreads the cgroups.
 */
final class ContainerLookupFail implements Cause {

    private static final int WHOLE_NODE = 3;
    /** The kubelet shows a new container after a few seconds, and the attestor waits 30 s for it. */
    private static final Duration JUST_RESTARTED = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "CONTAINER_LOOKUP_FAIL";
    }

    @Override
    public Layer layer() {
        return Layer.WORKLOAD_ATTESTATION;
    }

    @Override
    public Assessment assess(Case question) {
        String error = question.pod().getAttestError();
        if (!question.missingAnyOf(Link.WORKLOAD_ATTESTED)) {
            return ruledOut("attestation is not the missing link");
        }
        if (AttestFailure.of(error) != AttestFailure.CONTAINER) {
            return ruledOut("the attestor does not say that it misses a container");
        }
        NodeTransition node = question.node();
        boolean many = node != null && node.getLookupFailures() >= WHOLE_NODE;
        Instant start = question.podStart();
        if (start == null) {
            return answer(
                    question,
                    0.95,
                    "START_HOOK",
                    "a process of the pod asks, and its container does not count as started: a hook waits for it");
        }
        if (many && !node.getLookupWorksForOthers()) {
            return answer(
                    question,
                    0.9,
                    "WHOLE_NODE",
                    "the attestor finds the container of none of several pods of the node");
        }
        if (question.pod().getRestarts() > 0 && question.now().isBefore(start.plus(JUST_RESTARTED))) {
            return answer(
                    question, 0.6, "TRANSIENT", "the container restarted at " + start + ": the kubelet may lag behind");
        }
        return answer(
                question,
                0.9,
                many ? "SOME_PODS" : "ONE_POD",
                "the kubelet answers, and does not show the container that asks");
    }

    private static Assessment answer(Case question, double confidence, String kind, String words) {
        NodeTransition node = question.node();
        Instant since = node == null || node.getLookupFailingSince() == null
                ? question.pod().getSince()
                : node.getLookupFailingSince();
        String error = question.pod().getAttestError();
        return likely(confidence, fact(since, Link.WORKLOAD_ATTESTED, words + " (" + error + ")"))
                .ofKind(kind);
    }
}
