package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;

import io.svidflow.event.Evidence;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The volume that brings the Workload API's socket into the pod cannot be mounted, so that the pod does not start. */
final class CsiVolumeStuck implements Cause {

    private static final String DRIVER = "csi.spiffe.io";

    @Override
    public String name() {
        return "CSI_VOLUME_STUCK";
    }

    @Override
    public Layer layer() {
        return Layer.SOCKET;
    }

    @Override
    public Assessment assess(Case question) {
        String error = question.pod().getMountError();
        if (error == null) {
            return ruledOut("no mount of a SPIFFE volume fails");
        }
        if (!question.missingAnyOf(Link.SOCKET)) {
            return likely(0.4, fact(since(question), Link.SOCKET, "a mount of the SPIFFE volume fails, too: " + error));
        }
        List<Evidence> facts = new ArrayList<>();
        facts.add(fact(since(question), Link.SOCKET, "volume cannot be mounted: " + error));
        NodeTransition node = question.node();
        if (node != null && Boolean.FALSE.equals(node.getCsiServing())) {
            String reason = node.getCsiReason() == null ? "not Ready" : node.getCsiReason();
            facts.add(fact(question.now(), Link.SOCKET, "the CSI driver on the node does not serve: " + reason));
        }
        double confidence = error.contains(DRIVER) ? 0.95 : 0.85;
        return likely(confidence, facts.toArray(Evidence[]::new)).ofKind(kind(error));
    }

    private static Instant since(Case question) {
        Instant since = question.pod().getMountFailingSince();
        return since == null ? question.now() : since;
    }

    private static String kind(String error) {
        String text = error.toLowerCase(Locale.ROOT);
        boolean unknown = text.contains("not found in the list of registered csi drivers")
                || (text.contains("csi.sock") && text.contains("connect"));
        return unknown ? "NOT_REGISTERED" : "NOT_PUBLISHED";
    }
}
