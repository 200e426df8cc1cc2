package io.svidflow.remediation;

import static io.svidflow.scene.Scene.at;

import io.svidflow.diagnosis.ServerSigns;
import io.svidflow.event.BudgetGrant;
import io.svidflow.event.Clocks;
import io.svidflow.event.ControlKind;
import io.svidflow.event.Finding;
import io.svidflow.event.GuardDecision;
import io.svidflow.event.HeadlineChange;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodTransition;
import io.svidflow.event.Prediction;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationRun;
import io.svidflow.event.RemediationState;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.remediation.guard.Panel;
import io.svidflow.remediation.guard.Question;
import io.svidflow.scene.Bodies;
import io.svidflow.scene.Scene;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Second 1000 of a cluster of five nodes in which every guard lets an agent be restarted: node-1's is in a long back-off,
 * everything else has been well for more than a minute. A test changes one thing and sees who objects.
 */
final class Situation {

    static final double NOW = 1000;

    final PocketCasebook casebook = new PocketCasebook();
    final HealthProofs proofs = new HealthProofs(casebook);
    RemediationAction action = RemediationAction.RESTART_AGENT;
    Duration behind = Duration.ZERO;
    String approvedBy;
    boolean signs = true;
    double now = NOW;
    private Modes modes = Modes.parse("AGENT_SYNC_BACKOFF=act,WORKLOAD_SOCKET_STALE=act,REGISTRAR_LAG=act");

    Situation() {
        this(NOW);
    }

    /** @param provenUntil until when server and agents have been seen to work */
    Situation(double provenUntil) {
        for (int i = 1; i <= 5; i++) {
            node("node-" + i, node -> node);
        }
        node("node-1", node -> node.setSyncFailingSince(at(300))
                .setSyncAttempts(9)
                .setLastSyncAttempt(at(880))
                .setLastSyncError("connection refused"));
        pod("waiting", "node-1");
        finding(finding -> finding);
        for (int second = 900; second <= provenUntil; second += 20) {
            answered(second);
            proofs.synchronised("node-2", at(second));
        }
        new Controls(casebook, policy())
                .apply(control(ControlKind.INIT_BUDGET)
                        .setBudgets(Policy.USUAL_GRANTS)
                        .build());
    }

    Policy policy() {
        return new Policy(RemediationRun.LIVE, modes, Limits.defaults(), Policy.PROTECTED, signs, List.of());
    }

    Situation modes(String text) {
        modes = Modes.parse(text);
        return this;
    }

    Situation node(String name, UnaryOperator<NodeTransition.Builder> change) {
        NodeTransition.Builder node = NodeTransition.newBuilder()
                .setNode(name)
                .setNodeUid("uid-" + name)
                .setBootId("boot-" + name)
                .setReady(true)
                .setRebooted(false)
                .setBanned(false)
                .setAgentPod("spire/agent-" + name)
                .setAgentPodUid("uid-agent-" + name)
                .setAgentReady(true)
                .setAgentStartedAt(at(0))
                .setAgentId(Bodies.AGENT_ID + name)
                .setAgentCanReattest(true)
                .setSyncAttempts(0)
                .setEvidence(List.of());
        casebook.nodes.put(
                name,
                change.apply(
                                casebook.nodes.containsKey(name)
                                        ? NodeTransition.newBuilder(casebook.nodes.get(name))
                                        : node)
                        .build());
        return this;
    }

    Situation pod(String uid, String node) {
        casebook.pods.put(
                uid,
                PodTransition.newBuilder()
                        .setPodUid(uid)
                        .setNamespace("app")
                        .setPod(uid)
                        .setNode(node)
                        .setOwner("ReplicaSet/web")
                        .setState(IdentityState.STUCK)
                        .setSince(at(800))
                        .setFirstMissing(Link.SYNCHRONISED)
                        .setProven(List.of())
                        .setClocks(new Clocks(at(790), at(795), null, null))
                        .setEvidence(List.of())
                        .setEntryId("entry-" + uid)
                        .setEntryRevision(3L)
                        .build());
        return this;
    }

    Situation finding(UnaryOperator<Finding.Builder> change) {
        Finding before = casebook.findings.get("waiting");
        Finding changed = change.apply(before == null ? fresh("waiting", "node-1") : Finding.newBuilder(before))
                .build();
        casebook.findings.put("waiting", changed);
        return this;
    }

    static Finding.Builder fresh(String uid, String node) {
        return Finding.newBuilder()
                .setId("finding-" + uid)
                .setCluster(Scene.CLUSTER)
                .setNamespace("app")
                .setPod(uid)
                .setPodUid(uid)
                .setNode(node)
                .setOwner("ReplicaSet/web")
                .setState(IdentityState.STUCK)
                .setCause("AGENT_SYNC_BACKOFF")
                .setConfidence(0.95)
                .setAlternatives(List.of())
                .setFirstMissing(Link.SYNCHRONISED)
                .setProven(List.of())
                .setSince(at(800))
                .setDetectedAt(at(860))
                .setEvidence(List.of())
                .setRuledOut(List.of())
                .setClocks(new Clocks(at(790), at(795), null, null))
                .setPrediction(new Prediction(at(NOW + 200), at(NOW + 260), 9, null))
                .setRevision(1)
                .setUpdatedAt(at(860))
                .setHistory(List.of(new HeadlineChange(at(860), "AGENT_SYNC_BACKOFF")));
    }

    /** A stale socket instead of an agent in back-off. */
    Situation staleSocket() {
        action = RemediationAction.RESTART_WORKLOAD;
        node(
                "node-1",
                node -> node.setSyncFailingSince(null).setLastSyncAttempt(null).setSyncAttempts(0));
        return finding(finding -> finding.setCause("WORKLOAD_SOCKET_STALE")
                .setConfidence(0.8)
                .setPrediction(null)
                .setHistory(List.of(new HeadlineChange(at(860), "WORKLOAD_SOCKET_STALE"))));
    }

    void answered(double second) {
        server(
                second,
                ServerSignal.newBuilder()
                        .setKind(ServerSignalKind.DATASTORE_ANSWERED)
                        .setMethod("ListEntries")
                        .build());
    }

    Situation server(double second, ServerSignal signal) {
        ServerEvent event = (ServerEvent) Scene.fact(null, second, signal);
        casebook.server = ServerSigns.apply(
                casebook.server, signal, at(second), event.getHeader().getId());
        proofs.saw(event);
        return this;
    }

    /** Something that was done before. */
    Remediation deed(String id, RemediationAction what, String node, double second, RemediationState state) {
        boolean over = state != RemediationState.OPEN && state != RemediationState.EXECUTED;
        boolean done = state != RemediationState.OPEN && state != RemediationState.AMBIGUOUS;
        Remediation deed = Remediation.newBuilder()
                .setCommandId(id)
                .setCluster(Scene.CLUSTER)
                .setAction(what)
                .setCause("AGENT_SYNC_BACKOFF")
                .setNamespace("other")
                .setPod("pod-" + id)
                .setOwner("ReplicaSet/" + id)
                .setNode(node)
                .setMode("act")
                .setState(state)
                .setOpenedAt(at(second))
                .setExecutedAt(done ? at(second) : null)
                .setClosedAt(over ? at(second + 10) : null)
                .setDetail("")
                .build();
        (over ? casebook.past : casebook.remediations).put(id, deed);
        return deed;
    }

    static RemediationControl.Builder control(ControlKind kind) {
        return RemediationControl.newBuilder()
                .setId("wish-" + kind)
                .setCluster(Scene.CLUSTER)
                .setAt(at(500))
                .setOperator("ada")
                .setReason("because")
                .setKind(kind);
    }

    Situation wishes(RemediationControl wish) {
        new Controls(casebook, policy()).apply(wish);
        return this;
    }

    static BudgetGrant grant(RemediationAction action, int limit) {
        return new BudgetGrant(action, limit, 3600L);
    }

    Proposal proposal() {
        Finding finding = casebook.findings.get("waiting");
        return new Proposal(
                finding,
                action,
                1,
                casebook.nodes.get(finding.getNode()),
                casebook.pods.get(finding.getPodUid()),
                approvedBy);
    }

    List<GuardDecision> ask() {
        Question question = new Question(
                proposal(),
                casebook,
                policy(),
                proofs,
                new Controls(casebook, policy()).rule(casebook.findings.get("waiting"), at(now)),
                behind,
                at(now));
        return new Panel().ask(question);
    }

    /** Names of the guards that refuse. */
    List<String> refusing() {
        return ask().stream()
                .filter(decision -> !decision.getPassed())
                .map(GuardDecision::getGuard)
                .toList();
    }
}
