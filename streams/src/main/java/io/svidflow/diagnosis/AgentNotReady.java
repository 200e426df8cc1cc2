package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.diagnosis.Assessment.Likely;
import io.svidflow.event.Evidence;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Instant;
import java.util.Optional;

/** No SPIRE agent works on the pod's node: not there, not running, or never up to serving. */
final class AgentNotReady implements Cause {

    @Override
    public String name() {
        return "AGENT_NOT_READY";
    }

    @Override
    public Layer layer() {
        return Layer.AGENT_IDENTITY;
    }

    @Override
    public Grouping grouping() {
        return Grouping.AGENT;
    }

    @Override
    public Assessment assess(Case question) {
        NodeTransition node = question.node();
        if (node == null) {
            return silent();
        }
        Optional<Evidence> hangs = question.missingAnyOf(Link.SYNCHRONISED, Link.SVID_ISSUED)
                ? AgentSilence.of(node, question.cluster(), question.now())
                : Optional.empty();
        if (hangs.isPresent()) {
            return likely(0.8, hangs.get()).ofKind("NOT_SERVING");
        }
        if (Boolean.TRUE.equals(node.getAgentReady())) {
            return question.missingAnyOf(Link.AGENT_READY) && node.getAgentStartedAt() != null
                    ? likely(
                            Diagnosis.DOUBTFUL,
                            fact(
                                    node.getAgentStartedAt(),
                                    Link.AGENT_READY,
                                    "agent pod " + node.getAgentPod() + " has only just become Ready"))
                    : ruledOut("agent pod " + node.getAgentPod() + " is Ready");
        }
        if (question.missingAnyOf(Link.AGENT_ATTESTED)) {
            return node.getNodeAttestFailingSince() == null
                    ? silent()
                    : likely(
                            0.5,
                            fact(
                                    node.getNodeAttestFailingSince(),
                                    Link.AGENT_ATTESTED,
                                    "the agent cannot attest: " + node.getLastNodeAttestError()));
        }
        if (!question.missingAnyOf(Link.AGENT_READY, Link.RENEWED)) {
            return ruledOut("the agent was heard of while its pod was not Ready");
        }
        boolean saysWhy = !question.notCollected().contains("agent-log");
        if (node.getAgentPod() == null || saysWhy) {
            Likely notReady = likely(0.85, fact(since(question), Link.AGENT_READY, words(node)));
            return node.getAgentPod() == null ? notReady : notReady.ofKind(kind(node));
        }
        return likely(
                        Diagnosis.DOUBTFUL,
                        fact(
                                since(question),
                                Link.AGENT_READY,
                                words(node) + "; the agent's log, which would say why, is not collected"))
                .ofKind(kind(node));
    }

    private static Instant since(Case question) {
        Instant since = question.node().getAgentNotReadySince();
        return since == null ? question.now() : since;
    }

    /** What keeps the pod from serving, as Kubernetes words it: each has a remedy of its own. */
    private static String kind(NodeTransition node) {
        String reason = node.getAgentReason() == null ? "" : node.getAgentReason();
        return switch (reason) {
            case "CrashLoopBackOff", "Error", "StartError", "ContainerCannotRun" -> "CRASH_LOOP";
            case "OOMKilled" -> "OUT_OF_MEMORY";
            case "PodInitializing" -> "INIT";
            case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" -> "CONFIG";
            case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull" -> "IMAGE";
            case "Pending", "ContainerCreating" -> "PENDING";
            case "Completed", "Succeeded", "Failed" -> "ENDED";
            default -> Boolean.TRUE.equals(node.getAgentRunning()) ? "NOT_SERVING" : null;
        };
    }

    private static String words(NodeTransition node) {
        if (node.getAgentPod() == null) {
            return "no agent pod on " + node.getNode();
        }
        String reason = node.getAgentReason() == null ? "not Ready" : node.getAgentReason();
        String last = node.getAgentCrashError() == null ? "" : "; its last words: " + node.getAgentCrashError();
        return "agent pod " + node.getAgentPod() + " does not serve: " + reason + last;
    }
}
