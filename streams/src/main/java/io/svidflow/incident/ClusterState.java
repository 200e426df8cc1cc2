package io.svidflow.incident;

import io.svidflow.diagnosis.ClusterView;
import io.svidflow.diagnosis.ServerHealth;
import io.svidflow.diagnosis.SiblingRequests;
import io.svidflow.diagnosis.Siblings;
import io.svidflow.diagnosis.WorkloadSocketStale;
import io.svidflow.event.ComponentTransition;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.PodTransition;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * What stage 2 knows of one cluster: nodes, server pods, pods without identity, open findings, incidents and remediations.
 * Healthy pods are not kept. Kept in memory and written through to the store.
 */
public final class ClusterState implements ClusterView {

    private static final String TICK = "tick";

    private final String cluster;
    private final ClusterStore store;
    private final Shelves kept;
    private final Moments moments;
    private final SiblingMemory siblings;
    private final Listeners listeners;
    private final Waits waits;
    private final ClusterCasebook casebook;
    private ServerHealth server = ServerHealth.UNKNOWN;

    public ClusterState(String cluster, ClusterStore store) {
        this.cluster = cluster;
        this.store = store;
        this.kept = new Shelves(store);
        this.moments = new Moments(store);
        this.siblings = new SiblingMemory(moments);
        this.listeners = new Listeners(moments);
        this.waits = new Waits(moments);
        this.casebook = new ClusterCasebook(this, kept, moments);
    }

    /** Puts back a record that was saved. */
    public void restore(String key, SpecificRecord value) {
        kept.restore(key, value);
    }

    /** Puts back the server's health. */
    public void restore(ServerHealth health) {
        server = health;
    }

    /** Puts back an instant. */
    public void restore(String key, Instant at) {
        moments.restore(key, at);
    }

    public String cluster() {
        return cluster;
    }

    @Override
    public NodeTransition node(String name) {
        PodIdentityEvent event = kept.nodes.get(name);
        return event == null ? null : (NodeTransition) event.getBody();
    }

    @Override
    public Collection<NodeTransition> nodes() {
        return kept.nodes.all().values().stream()
                .map(event -> (NodeTransition) event.getBody())
                .toList();
    }

    @Override
    public Collection<ComponentTransition> components() {
        return kept.components.all().values().stream()
                .map(event -> (ComponentTransition) event.getBody())
                .toList();
    }

    @Override
    public ServerHealth server() {
        return server;
    }

    @Override
    public Instant latestRegisteredStart() {
        return waits.latestRegisteredStart();
    }

    @Override
    public Siblings healthySiblings(String owner, String template) {
        return siblings.healthy(owner, template);
    }

    @Override
    public SiblingRequests siblingRequests(String owner, String template) {
        return siblings.requests(owner, template);
    }

    @Override
    public Set<String> watching() {
        return listeners.present();
    }

    @Override
    public boolean heardThroughout(String kind, Instant since) {
        return listeners.heardThroughout(kind, since);
    }

    @Override
    public boolean everyReplicaHeard() {
        return components().stream()
                .filter(component -> component.getRole().equals("SPIRE_SERVER"))
                .allMatch(component -> listeners.hears("server-log/" + component.getPod()));
    }

    @Override
    public Instant healedAt(String node) {
        return waits.healedAt(node);
    }

    /** Sources that watch the cluster as a whole, as their heartbeats tell. */
    public void watchedBy(Collection<String> sources) {
        listeners.announced(sources);
    }

    public Optional<Instant> lastTick() {
        return Optional.ofNullable(moments.get(TICK));
    }

    public void ticked(Instant at) {
        moments.remember(TICK, at);
    }

    SiblingMemory siblings() {
        return siblings;
    }

    Listeners listeners() {
        return listeners;
    }

    Waits waits() {
        return waits;
    }

    void node(PodIdentityEvent event, NodeTransition node) {
        kept.nodes.put(node.getNode(), node.getGone() ? null : event);
        if (node.getGone()) {
            waits.forgetNode(node.getNode());
        }
    }

    void component(PodIdentityEvent event, ComponentTransition component) {
        kept.components.put(component.getPodUid(), component.getGone() ? null : event);
        if (component.getGone()) {
            waits.forgetReplica(component.getPod());
        }
    }

    void pod(String uid, PodIdentityEvent event) {
        kept.pods.put(uid, event);
    }

    /** The pod without identity; null when it has one. */
    PodTransition pod(String uid) {
        PodIdentityEvent event = kept.pods.get(uid);
        return event == null ? null : (PodTransition) event.getBody();
    }

    /** When stage 1 last told of the pod without identity. */
    Instant toldAt(String uid) {
        return kept.pods.get(uid).getAt();
    }

    void server(ServerHealth health) {
        if (!health.equals(server)) {
            server = health;
            store.save(health);
        }
    }

    /** Pods that were to be seen asking, and were not. */
    Map<String, PodIdentityEvent> silent() {
        return kept.silent.all();
    }

    void silent(String podUid, PodIdentityEvent event) {
        kept.silent.put(podUid, event);
    }

    Map<String, Finding> findings() {
        return kept.findings.all();
    }

    void finding(String podUid, Finding finding) {
        kept.findings.put(podUid, finding);
    }

    Map<String, Incident> incidents() {
        return kept.incidents.all();
    }

    void incident(String fault, Incident incident) {
        kept.incidents.put(fault, incident);
    }

    /** What remediation knows and keeps. */
    ClusterCasebook casebook() {
        return casebook;
    }

    public boolean quiet() {
        return kept.findings.all().isEmpty()
                && kept.incidents.all().isEmpty()
                && kept.commands.all().isEmpty()
                && server.quiet()
                && silent().values().stream().noneMatch(this::suspected)
                && nodes().stream().noneMatch(AgentWarnings::mayCome);
    }

    private boolean suspected(PodIdentityEvent event) {
        return WorkloadSocketStale.suspects((PodTransition) event.getBody(), this);
    }
}
