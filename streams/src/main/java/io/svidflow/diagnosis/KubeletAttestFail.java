package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.identity.AttestFailure;
import io.svidflow.identity.KubeletError;
import java.time.Instant;

/** The kubelet does not give the agent its pod list, so that no workload of the node can be attested. */
final class KubeletAttestFail implements Cause {

    /** Callers that all give up at once may wait for a kubelet that hangs. */
    private static final int EVERYBODY = 3;

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
        if (!question.missingAnyOf(Link.WORKLOAD_ATTESTED)) {
            return node == null || node.getAttestFailingSince() == null
                    ? ruledOut("no failure of the workload attestor was seen on the node")
                    : silent();
        }
        String error = question.pod().getAttestError();
        Instant since = node == null ? null : node.getAttestFailingSince();
        if (AttestFailure.of(error) == AttestFailure.KUBELET) {
            return because(since == null ? question.now() : since, error);
        }
        boolean nobody = AttestFailure.of(error) == AttestFailure.TIMED_OUT
                && node != null
                && node.getTimedOutCallers() >= EVERYBODY
                && !node.getOthersInTime();
        return nobody
                ? likely(
                                0.4,
                                fact(
                                        node.getTimingOutSince(),
                                        Link.WORKLOAD_ATTESTED,
                                        "every caller gives up before it is attested, as if the kubelet hung"))
                        .ofKind(KubeletError.TIMEOUT.name())
                : ruledOut("the attestor does not fail at the kubelet: " + error);
    }

    private static Assessment because(Instant since, String error) {
        KubeletError kind = KubeletError.of(error);
        Assessment.Likely likely = likely(0.95, fact(since, Link.WORKLOAD_ATTESTED, words(kind) + ": " + error));
        return kind == KubeletError.OTHER ? likely : likely.ofKind(kind.name());
    }

    private static String words(KubeletError kind) {
        return switch (kind) {
            case FORBIDDEN -> "the kubelet does not allow the agent to read its pods";
            case X509 -> "the agent does not trust the kubelet's certificate";
            case TIMEOUT -> "the kubelet does not answer the agent in time";
            case ADDRESS -> "the agent does not find the kubelet by its name";
            case REFUSED -> "the kubelet takes no connection from the agent";
            case OTHER -> "the kubelet refuses the agent";
        };
    }
}
