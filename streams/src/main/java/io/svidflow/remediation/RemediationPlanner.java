package io.svidflow.remediation;

import io.svidflow.event.Finding;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.Prediction;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Plans what should be done about a finding: to wait where waiting is the remedy and its end can be predicted, else to tell
 * a person. Nothing that changes a cluster is planned. Pure.
 */
public final class RemediationPlanner {

    private static final Duration NOTICE_LASTS = Duration.ofMinutes(15);
    private static final Duration AFTER_WINDOW = Duration.ofSeconds(60);

    private final String mode;

    /** @param mode what the commands carry: observe, or replay where no actor may ever see them */
    public RemediationPlanner(String mode) {
        this.mode = mode;
    }

    /**
     * The command for a finding as it stands.
     *
     * @param node the pod's node; null when nothing is known of it
     */
    public RemediationCommand plan(Finding finding, NodeTransition node, Instant now) {
        Prediction prediction = finding.getPrediction();
        boolean wait = prediction != null && prediction.getNotAfter().isAfter(now);
        RemediationAction action = wait ? RemediationAction.WAIT : RemediationAction.NOTIFY;
        Instant expires = wait ? prediction.getNotAfter().plus(AFTER_WINDOW) : now.plus(NOTICE_LASTS);
        return RemediationCommand.newBuilder()
                .setId(id(finding, action))
                .setCluster(finding.getCluster())
                .setAction(action)
                .setCause(finding.getCause())
                .setFindingId(finding.getId())
                .setIncidentId(finding.getIncidentId())
                .setNamespace(finding.getNamespace())
                .setPod(finding.getPod())
                .setPodUid(finding.getPodUid())
                .setNode(finding.getNode())
                .setBootId(node == null ? null : node.getBootId())
                .setAgentPodUid(node == null ? null : node.getAgentPodUid())
                .setIssuedAt(now)
                .setNotBefore(now)
                .setExpiresAt(expires)
                .setRung(wait ? 0 : 1)
                .setMode(mode)
                .setPrediction(wait ? prediction : null)
                .setReason(wait ? reasonToWait(finding) : reasonToTell(finding))
                .build();
    }

    private static String id(Finding finding, RemediationAction action) {
        return UUID.nameUUIDFromBytes((finding.getId() + '\n' + action).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static String reasonToWait(Finding finding) {
        return "the agent of " + finding.getNode() + " tries again by itself between "
                + finding.getPrediction().getNotBefore() + " and "
                + finding.getPrediction().getNotAfter()
                + "; a restart would only drop its cache";
    }

    private static String reasonToTell(Finding finding) {
        return finding.getCause() + " at link " + finding.getFirstMissing() + ": a person has to look";
    }
}
