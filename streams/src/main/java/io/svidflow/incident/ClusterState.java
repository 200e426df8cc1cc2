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
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RequestHabit;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * What stage 2 knows of one cluster: nodes, server pods, pods without identity, open findings, incidents and remediations.
 * Healthy pods are not kept. Kept in memory and written through to the store.
 */
public final class ClusterState implements ClusterView {

    private static final String REGISTERED = "latest-registered-start";
    private static final String SIBLING = "sibling/";
    private static final String REQUESTS = "requests/";
    private static final String TICK = "tick";
    private static final String FORMER = "former";
    /** A pod is judged a minute after its start, and a rollout of many takes a while. */
    private static final Duration FORMER_PODS = Duration.ofMinutes(5);

    private static final String AUDITED = "audited";

    private final String cluster;
    private final ClusterStore store;
    private final Map<String, PodIdentityEvent> nodeEvents = new TreeMap<>();
    private final Map<String, PodIdentityEvent> componentEvents = new TreeMap<>();
    private final Map<String, PodIdentityEvent> podEvents = new TreeMap<>();
    private final Map<String, PodIdentityEvent> silentEvents = new TreeMap<>();
    private final Map<String, Finding> findings = new TreeMap<>();
    private final Map<String, Incident> incidents = new TreeMap<>();
    private final Map<String, RemediationCommand> commands = new TreeMap<>();
    private final Map<String, Remediation> remediations = new TreeMap<>();
    private final TreeMap<String, Instant> instants = new TreeMap<>();
    private ServerHealth server = ServerHealth.UNKNOWN;
    private Set<String> sources = Set.of();

    public ClusterState(String cluster, ClusterStore store) {
        this.cluster = cluster;
        this.store = store;
    }

    /** Puts back a record that was saved. */
    public void restore(String key, SpecificRecord value) {
        String kind = key.substring(0, key.indexOf('/'));
        String name = key.substring(kind.length() + 1);
        switch (kind) {
            case "node" -> nodeEvents.put(name, (PodIdentityEvent) value);
            case "component" -> componentEvents.put(name, (PodIdentityEvent) value);
            case "pod" -> podEvents.put(name, (PodIdentityEvent) value);
            case "silent" -> silentEvents.put(name, (PodIdentityEvent) value);
            case "finding" -> findings.put(name, (Finding) value);
            case "incident" -> incidents.put(name, (Incident) value);
            case "command" -> commands.put(name, (RemediationCommand) value);
            case "remediation" -> remediations.put(name, (Remediation) value);
            default -> throw new IllegalArgumentException("unknown kind of state: " + key);
        }
    }

    /** Puts back the server's health. */
    public void restore(ServerHealth health) {
        server = health;
    }

    /** Puts back an instant. */
    public void restore(String key, Instant at) {
        instants.put(key, at);
    }

    /** Name of the cluster. */
    public String cluster() {
        return cluster;
    }

    @Override
    public NodeTransition node(String name) {
        PodIdentityEvent event = nodeEvents.get(name);
        return event == null ? null : (NodeTransition) event.getBody();
    }

    @Override
    public Collection<NodeTransition> nodes() {
        return nodeEvents.values().stream()
                .map(event -> (NodeTransition) event.getBody())
                .toList();
    }

    @Override
    public Collection<ComponentTransition> components() {
        return componentEvents.values().stream()
                .map(event -> (ComponentTransition) event.getBody())
                .toList();
    }

    @Override
    public ServerHealth server() {
        return server;
    }

    @Override
    public Instant latestRegisteredStart() {
        return instants.get(REGISTERED);
    }

    @Override
    public Siblings healthySiblings(String owner, String template) {
        String pods = SIBLING + owner + '/';
        String alike = pods + template(template) + '/';
        Instant same = null;
        Instant other = null;
        for (Map.Entry<String, Instant> pod : below(pods).entrySet()) {
            if (pod.getKey().startsWith(alike)) {
                same = later(same, pod.getValue());
            } else {
                other = later(other, pod.getValue());
            }
        }
        return new Siblings(same, other);
    }

    private SortedMap<String, Instant> below(String prefix) {
        return instants.subMap(prefix, prefix + Character.MAX_VALUE);
    }

    private static Instant later(Instant a, Instant b) {
        return a == null || b.isAfter(a) ? b : a;
    }

    private static String template(String template) {
        return template == null ? "" : template;
    }

    @Override
    public Set<String> watching() {
        return instants.containsKey(AUDITED) && !sources.contains("audit")
                ? Stream.concat(sources.stream(), Stream.of("audit")).collect(Collectors.toUnmodifiableSet())
                : sources;
    }

    /** Kinds of sources that watch the cluster as a whole, as their heartbeats tell. */
    public void watchedBy(Collection<String> kinds) {
        sources = Set.copyOf(kinds);
    }

    /** A line of the server's audit log was seen. */
    void audited(Instant at) {
        if (!instants.containsKey(AUDITED)) {
            remember(AUDITED, at);
        }
    }

    public Optional<Instant> lastTick() {
        return Optional.ofNullable(instants.get(TICK));
    }

    public void ticked(Instant at) {
        remember(TICK, at);
    }

    void node(PodIdentityEvent event, NodeTransition node) {
        put("node", nodeEvents, node.getNode(), node.getGone() ? null : event);
    }

    void component(PodIdentityEvent event, ComponentTransition component) {
        put("component", componentEvents, component.getPodUid(), component.getGone() ? null : event);
    }

    void pod(String uid, PodIdentityEvent event) {
        put("pod", podEvents, uid, event);
    }

    /** The pod without identity; null when it has one. */
    PodTransition pod(String uid) {
        PodIdentityEvent event = podEvents.get(uid);
        return event == null ? null : (PodTransition) event.getBody();
    }

    void server(ServerHealth health) {
        if (!health.equals(server)) {
            server = health;
            store.save(health);
        }
    }

    void registered(Instant podStart) {
        Instant latest = latestRegisteredStart();
        if (podStart != null && (latest == null || podStart.isAfter(latest))) {
            remember(REGISTERED, podStart);
        }
    }

    /**
     * A pod of the owner has an identity, or has none any more.
     *
     * @param at since when; null: it has none
     */
    void sibling(String owner, String template, String podUid, Instant at) {
        String key = SIBLING + owner + '/' + template(template) + '/' + podUid;
        if (at != null) {
            remember(key, at);
        } else {
            forget(key);
        }
    }

    /** A pod of the owner is gone. That it had an identity is remembered a while: a rollout ends with its old pods. */
    void siblingGone(String owner, String template, String podUid, Instant now) {
        String place = owner + '/' + template(template) + '/';
        boolean healthy = instants.containsKey(SIBLING + place + podUid);
        forget(SIBLING + place + podUid);
        if (healthy && template != null) {
            remember(SIBLING + place + FORMER, now);
            remember(FORMER + '/' + place, now);
        }
    }

    /**
     * What a pod was seen to do about its identity.
     *
     * @param habit UNSEEN: nothing is known, or the pod is gone
     */
    void requests(String owner, String template, String podUid, RequestHabit habit, Instant now) {
        String place = REQUESTS + owner + '/' + template(template) + '/';
        for (RequestHabit other : RequestHabit.values()) {
            if (other != habit) {
                forget(place + other + '/' + podUid);
            }
        }
        if (habit != RequestHabit.UNSEEN) {
            remember(place + habit + '/' + podUid, now);
        }
    }

    @Override
    public SiblingRequests siblingRequests(String owner, String template) {
        String place = REQUESTS + owner + '/' + template(template) + '/';
        int returned = below(place + RequestHabit.RETURNED + '/').size();
        int asked = below(place + RequestHabit.ASKED + '/').size();
        int silent = below(place + RequestHabit.SILENT + '/').size();
        return new SiblingRequests(asked, returned, silent);
    }

    /** Pods that were to be seen asking, and were not. */
    Map<String, PodIdentityEvent> silent() {
        return Collections.unmodifiableMap(silentEvents);
    }

    void silent(String podUid, PodIdentityEvent event) {
        put("silent", silentEvents, podUid, event);
    }

    /** Forgets pods that have been gone for a while. */
    void forgetSiblings(Instant now) {
        List.copyOf(below(FORMER + '/').entrySet()).stream()
                .filter(gone -> gone.getValue().plus(FORMER_PODS).isBefore(now))
                .map(gone -> gone.getKey().substring(FORMER.length() + 1))
                .forEach(place -> {
                    forget(FORMER + '/' + place);
                    forget(SIBLING + place + FORMER);
                });
    }

    private void forget(String key) {
        if (instants.remove(key) != null) {
            store.save(key, (Instant) null);
        }
    }

    Map<String, Finding> findings() {
        return Collections.unmodifiableMap(findings);
    }

    void finding(String podUid, Finding finding) {
        put("finding", findings, podUid, finding);
    }

    Map<String, Incident> incidents() {
        return Collections.unmodifiableMap(incidents);
    }

    void incident(String fault, Incident incident) {
        put("incident", incidents, fault, incident);
    }

    Map<String, RemediationCommand> commands() {
        return Collections.unmodifiableMap(commands);
    }

    Remediation remediation(String commandId) {
        return remediations.get(commandId);
    }

    void remediation(String commandId, RemediationCommand command, Remediation remediation) {
        put("command", commands, commandId, command);
        put("remediation", remediations, commandId, remediation);
    }

    public boolean quiet() {
        return findings.isEmpty()
                && incidents.isEmpty()
                && commands.isEmpty()
                && server.quiet()
                && silentEvents.values().stream().noneMatch(this::suspected)
                && nodeEvents.values().stream().noneMatch(ClusterState::mayWarn);
    }

    private boolean suspected(PodIdentityEvent event) {
        return WorkloadSocketStale.suspects((PodTransition) event.getBody(), this);
    }

    private static boolean mayWarn(PodIdentityEvent event) {
        return ((NodeTransition) event.getBody()).getRenewalFailingSince() != null;
    }

    private void remember(String key, Instant at) {
        instants.put(key, at);
        store.save(key, at);
    }

    private <V extends SpecificRecord> void put(String kind, Map<String, V> map, String key, V value) {
        V before = value == null ? map.remove(key) : map.put(key, value);
        if (before != value) {
            store.save(kind + "/" + key, value);
        }
    }
}
