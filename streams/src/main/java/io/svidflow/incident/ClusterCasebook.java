package io.svidflow.incident;

import io.svidflow.diagnosis.ClusterView;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.PodTransition;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.remediation.Casebook;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;

/** Remediation's part of a cluster's state: kept in memory, written through to the same store, restored from it. */
final class ClusterCasebook implements Casebook {

    private final ClusterState state;
    private final Shelves kept;
    private final Moments moments;

    ClusterCasebook(ClusterState state, Shelves kept, Moments moments) {
        this.state = state;
        this.kept = kept;
        this.moments = moments;
    }

    @Override
    public String cluster() {
        return state.cluster();
    }

    @Override
    public ClusterView view() {
        return state;
    }

    @Override
    public Collection<Finding> findings() {
        return state.findings().values();
    }

    @Override
    public Collection<Incident> incidents() {
        return state.incidents().values();
    }

    @Override
    public PodTransition pod(String uid) {
        return state.pod(uid);
    }

    @Override
    public Map<String, RemediationCommand> commands() {
        return kept.commands.all();
    }

    @Override
    public Map<String, Remediation> remediations() {
        return kept.remediations.all();
    }

    @Override
    public void remediation(String commandId, RemediationCommand command, Remediation remediation) {
        kept.commands.put(commandId, command);
        kept.remediations.put(commandId, remediation);
    }

    @Override
    public Map<String, Remediation> past() {
        return kept.past.all();
    }

    @Override
    public void past(String commandId, Remediation remediation) {
        kept.past.put(commandId, remediation);
    }

    @Override
    public Map<String, RemediationControl> controls() {
        return kept.controls.all();
    }

    @Override
    public void control(String about, RemediationControl control) {
        kept.controls.put(about, control);
    }

    @Override
    public Map<String, RemediationRefusal> refusals() {
        return kept.refusals.all();
    }

    @Override
    public void refusal(String about, RemediationRefusal refusal) {
        kept.refusals.put(about, refusal);
    }

    @Override
    public Instant instant(String name) {
        return moments.get(name);
    }

    @Override
    public void instant(String name, Instant at) {
        if (at == null) {
            moments.forget(name);
        } else {
            moments.remember(name, at);
        }
    }

    @Override
    public SortedMap<String, Instant> instants(String prefix) {
        return moments.below(prefix);
    }
}
