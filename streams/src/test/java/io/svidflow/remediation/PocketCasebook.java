package io.svidflow.remediation;

import io.svidflow.diagnosis.ClusterView;
import io.svidflow.diagnosis.ServerHealth;
import io.svidflow.diagnosis.Siblings;
import io.svidflow.event.ComponentTransition;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodTransition;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.scene.Scene;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A cluster and what remediation remembers of it, in memory and open to everybody. */
final class PocketCasebook implements Casebook, ClusterView {

    final Map<String, NodeTransition> nodes = new TreeMap<>();
    final List<ComponentTransition> components = new ArrayList<>();
    final Map<String, Finding> findings = new TreeMap<>();
    final List<Incident> incidents = new ArrayList<>();
    final Map<String, PodTransition> pods = new TreeMap<>();
    final Map<String, RemediationCommand> commands = new TreeMap<>();
    final Map<String, Remediation> remediations = new TreeMap<>();
    final Map<String, Remediation> past = new TreeMap<>();
    final Map<String, RemediationControl> controls = new TreeMap<>();
    final Map<String, RemediationRefusal> refusals = new TreeMap<>();
    final TreeMap<String, Instant> instants = new TreeMap<>();
    ServerHealth server = ServerHealth.UNKNOWN;

    @Override
    public String cluster() {
        return Scene.CLUSTER;
    }

    @Override
    public ClusterView view() {
        return this;
    }

    @Override
    public Collection<Finding> findings() {
        return findings.values();
    }

    @Override
    public Collection<Incident> incidents() {
        return incidents;
    }

    @Override
    public PodTransition pod(String uid) {
        return pods.get(uid);
    }

    @Override
    public Map<String, RemediationCommand> commands() {
        return commands;
    }

    @Override
    public Map<String, Remediation> remediations() {
        return remediations;
    }

    @Override
    public void remediation(String commandId, RemediationCommand command, Remediation remediation) {
        put(commands, commandId, command);
        put(remediations, commandId, remediation);
    }

    @Override
    public Map<String, Remediation> past() {
        return past;
    }

    @Override
    public void past(String commandId, Remediation remediation) {
        put(past, commandId, remediation);
    }

    @Override
    public Map<String, RemediationControl> controls() {
        return controls;
    }

    @Override
    public void control(String about, RemediationControl control) {
        put(controls, about, control);
    }

    @Override
    public Map<String, RemediationRefusal> refusals() {
        return refusals;
    }

    @Override
    public void refusal(String about, RemediationRefusal refusal) {
        put(refusals, about, refusal);
    }

    @Override
    public Instant instant(String name) {
        return instants.get(name);
    }

    @Override
    public void instant(String name, Instant at) {
        put(instants, name, at);
    }

    @Override
    public SortedMap<String, Instant> instants(String prefix) {
        return instants.subMap(prefix, prefix + Character.MAX_VALUE);
    }

    @Override
    public NodeTransition node(String name) {
        return nodes.get(name);
    }

    @Override
    public Collection<NodeTransition> nodes() {
        return nodes.values();
    }

    @Override
    public Collection<ComponentTransition> components() {
        return components;
    }

    @Override
    public ServerHealth server() {
        return server;
    }

    @Override
    public Instant latestRegisteredStart() {
        return null;
    }

    @Override
    public Siblings healthySiblings(String owner, String template) {
        return Siblings.NONE;
    }

    private static <V> void put(Map<String, V> map, String key, V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }
}
