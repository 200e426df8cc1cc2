package io.svidflow.diagnosis;

import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.at;

import io.svidflow.event.Clocks;
import io.svidflow.event.ComponentTransition;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodTransition;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.scene.Bodies;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A pod without identity whose container started at second 0, and a cluster around it that is in order until told else. */
final class Question implements ClusterView {

    private static final String OWNER = "app/Deployment/web";

    private final Map<String, NodeTransition.Builder> nodes = new TreeMap<>();
    private final Map<String, Siblings> siblings = new TreeMap<>();
    private ServerHealth server = ServerHealth.UNKNOWN;
    private Instant registered;
    private Set<String> watching = Set.of();
    private final PodTransition.Builder pod;

    private Question(Link missing) {
        pod = PodTransition.newBuilder()
                .setPodUid("p")
                .setNamespace("app")
                .setPod("p")
                .setNode(NODE)
                .setOwner("Deployment/web")
                .setTemplate("v2")
                .setSelectionKnown(true)
                .setState(IdentityState.STUCK)
                .setSince(at(0))
                .setExpectedBy("rule")
                .setRules(List.of(Bodies.RULE))
                .setFirstMissing(missing)
                .setProven(List.of())
                .setClocks(new Clocks(at(0), null, null, null))
                .setEvidence(List.of());
        for (String name : List.of(NODE, "node-2", "node-3")) {
            nodes.put(name, healthy(name));
        }
    }

    static Question missing(Link link) {
        return new Question(link);
    }

    private static NodeTransition.Builder healthy(String name) {
        return NodeTransition.newBuilder()
                .setNode(name)
                .setRebooted(false)
                .setBanned(false)
                .setReady(true)
                .setAgentPod("spire/agent-" + name)
                .setAgentRunning(true)
                .setAgentReady(true)
                .setAgentId(Bodies.AGENT_ID + name)
                .setAttestedAt(at(-3000))
                .setSyncAttempts(0)
                .setEvidence(List.of());
    }

    Question node(Consumer<NodeTransition.Builder> change) {
        change.accept(nodes.get(NODE));
        return this;
    }

    Question everyNode(Consumer<NodeTransition.Builder> change) {
        nodes.values().forEach(change);
        return this;
    }

    Question pod(Consumer<PodTransition.Builder> change) {
        change.accept(pod);
        return this;
    }

    Question entry(double second) {
        return pod(p -> p.setClocks(new Clocks(at(0), at(second), null, null)));
    }

    Question server(double second, ServerSignal signal) {
        server = ServerSigns.apply(server, signal, at(second), "ref");
        return this;
    }

    Question server(double second, ServerSignalKind kind) {
        return server(second, Bodies.server(kind, null));
    }

    /** The server reports the error every five seconds. */
    Question datastoreFails(int from, int until) {
        for (int second = from; second <= until; second += 5) {
            server(second, Bodies.server(ServerSignalKind.DATASTORE_ERROR, "datastore-sql: connection refused"));
        }
        return this;
    }

    /** The registrar calls the server every ten seconds. */
    Question registrarCalls(int from, int until) {
        for (int second = from; second <= until; second += 10) {
            server(
                    second,
                    ServerSignal.newBuilder()
                            .setKind(ServerSignalKind.DATASTORE_ANSWERED)
                            .setCaller("spiffe://lab.test/spire-controller-manager")
                            .setMethod("ListEntries")
                            .build());
        }
        return this;
    }

    /** The kinds of sources that are collected; before this is said, nobody asks. */
    Question watchedBy(String... kinds) {
        watching = Set.of(kinds);
        return this;
    }

    @Override
    public Set<String> watching() {
        return watching;
    }

    Question laterPodRegistered(double start) {
        registered = at(start);
        return this;
    }

    /** A pod of the same owner and template has an identity. */
    Question sibling(double since) {
        siblings.put(OWNER, new Siblings(at(since), null));
        return this;
    }

    /** A pod of the same owner has an identity, but it was made from another template. */
    Question siblingOfAnotherTemplate(double since) {
        siblings.put(OWNER, new Siblings(null, at(since)));
        return this;
    }

    Diagnosis diagnosis(double second) {
        return new Diagnostician(Causes.all())
                .diagnose(new Case(
                        pod.build(),
                        pod.getFirstMissing(),
                        node(NODE),
                        this,
                        at(second),
                        new Backoff(Duration.ofSeconds(5))));
    }

    /** The headline at the given second. */
    String cause(double second) {
        return diagnosis(second).cause();
    }

    /** The causes that are ruled out at the given second. */
    List<String> ruledOut(double second) {
        return diagnosis(second).ruledOut().stream().map(out -> out.getCause()).toList();
    }

    @Override
    public NodeTransition node(String name) {
        return nodes.containsKey(name) ? nodes.get(name).build() : null;
    }

    @Override
    public Collection<NodeTransition> nodes() {
        return List.copyOf(
                nodes.values().stream().map(NodeTransition.Builder::build).toList());
    }

    @Override
    public Collection<ComponentTransition> components() {
        return List.of();
    }

    @Override
    public ServerHealth server() {
        return server;
    }

    @Override
    public Instant latestRegisteredStart() {
        return registered;
    }

    @Override
    public Siblings healthySiblings(String owner, String template) {
        return siblings.getOrDefault(owner, Siblings.NONE);
    }
}
