package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;

import io.svidflow.event.Evidence;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.identity.AttestFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The agent attests too slowly for its callers: throttled, out of memory, or with a huge mount table to read. */
final class AttestTimeoutLoad implements Cause {

    private static final String OUT_OF_MEMORY = "OOMKilled";

    @Override
    public String name() {
        return "ATTEST_TIMEOUT_LOAD";
    }

    @Override
    public Layer layer() {
        return Layer.WORKLOAD_ATTESTATION;
    }

    @Override
    public Assessment assess(Case question) {
        NodeTransition node = question.node();
        if (!question.missingAnyOf(Link.WORKLOAD_ATTESTED)) {
            return ruledOut("attestation is not the missing link");
        }
        if (AttestFailure.of(question.pod().getAttestError()) != AttestFailure.TIMED_OUT) {
            return ruledOut("nobody gives up while the attestor is at work");
        }
        List<Evidence> facts = new ArrayList<>();
        Instant since = node == null || node.getTimingOutSince() == null
                ? question.pod().getSince()
                : node.getTimingOutSince();
        facts.add(fact(since, Link.WORKLOAD_ATTESTED, "callers give up before the agent has attested them"));
        double confidence = 0.6;
        if (node != null && node.getOthersInTime()) {
            confidence = 0.75;
            facts.add(fact(since, Link.WORKLOAD_ATTESTED, "others were attested meanwhile: the kubelet answers"));
        }
        if (node != null && OUT_OF_MEMORY.equals(node.getAgentLastStop())) {
            confidence = 0.85;
            Instant started = node.getAgentStartedAt() == null ? since : node.getAgentStartedAt();
            facts.add(fact(started, Link.AGENT_READY, "the agent ran out of memory before and was started again"));
        }
        return likely(confidence, facts.toArray(Evidence[]::new));
    }
}
