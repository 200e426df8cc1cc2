package io.svidflow.resync.actor;

import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationRun;
import io.svidflow.event.RemediationTarget;
import io.svidflow.serde.EventClasses;
import java.time.Instant;
import java.util.List;

/** Commands about the pod shop/cart on node-1, in earnest and not yet signed. */
public final class SampleCommands {

    public static final String AGENT_ID = "spiffe://example.org/spire/agent/k8s_psat/prod/uid-of-node-1";

    static {
        EventClasses.trust();
    }

    private SampleCommands() {}

    public static RemediationCommand.Builder restartAgent(Instant issuedAt) {
        return command(RemediationAction.RESTART_AGENT, "AGENT_SYNC_BACKOFF", issuedAt)
                .setTarget(new RemediationTarget("Pod", "spire", "spire-agent-node-1", "agent-on-node-1"));
    }

    public static RemediationCommand.Builder restartCart(Instant issuedAt) {
        return command(RemediationAction.RESTART_WORKLOAD, "WORKLOAD_SOCKET_STALE", issuedAt)
                .setTarget(new RemediationTarget("Pod", "shop", "cart", "uid-1"));
    }

    public static RemediationCommand.Builder poke(Instant issuedAt) {
        return command(RemediationAction.POKE_REGISTRAR, "REGISTRAR_LAG", issuedAt)
                .setTarget(new RemediationTarget("Pod", "shop", "cart", "uid-1"));
    }

    public static RemediationCommand.Builder command(RemediationAction action, String cause, Instant issuedAt) {
        return RemediationCommand.newBuilder()
                .setId("command-1")
                .setCluster("prod")
                .setAction(action)
                .setCause(cause)
                .setFindingId("finding-1")
                .setNamespace("shop")
                .setPod("cart")
                .setPodUid("uid-1")
                .setNode("node-1")
                .setNodeUid("uid-of-node-1")
                .setBootId("boot-1")
                .setAgentPodUid("agent-on-node-1")
                .setAgentId(AGENT_ID)
                .setEntryId("entry-1")
                .setEntryRevision(7L)
                .setIssuedAt(issuedAt)
                .setNotBefore(issuedAt)
                .setExpiresAt(issuedAt.plusSeconds(60))
                .setRung(1)
                .setMode("act")
                .setRun(RemediationRun.LIVE)
                .setIssuer("svidflow-incident")
                .setAttempt(1)
                .setGuards(List.of())
                .setReason("its agent keeps it without identity");
    }
}
