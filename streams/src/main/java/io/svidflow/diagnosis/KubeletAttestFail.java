package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.identity.KubeletError;
import java.time.Instant;

/** The kubelet does not give the agent its pod list, so that no workload of the node can be attested. */
final class KubeletAttestFail implements Cause {

    @Override
    public String name() {
        return "KUBELET_ATTEST_FAIL";
    }

    @Override
    public Layer layer() {
        return Layer.WORKLOAD_ATTESTATION;
    }

    @Override
    public Assessment assess(Case question) {
        NodeTransition node = question.node();
        String error = question.pod().getAttestError();
        if (!question.missingAnyOf(Link.WORKLOAD_ATTESTED)) {
            return node == null || node.getAttestFailingSince() == null
                    ? ruledOut("no failure of the workload attestor was seen on the node")
                    : silent();
        }
        if (!KubeletError.matches(error)) {
            return ruledOut("the attestor does not fail at the kubelet: " + error);
        }
        Instant since =
                node == null || node.getAttestFailingSince() == null ? question.now() : node.getAttestFailingSince();
        return likely(0.95, fact(since, Link.WORKLOAD_ATTESTED, "the kubelet refuses the agent: " + error));
    }
}
