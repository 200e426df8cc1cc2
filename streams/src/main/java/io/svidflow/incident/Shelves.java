package io.svidflow.incident;

import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationRefusal;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** All records that stage 2 keeps of a cluster, by kind. The kinds' names are those of the store and do not change. */
final class Shelves {

    final Shelf<PodIdentityEvent> nodes;
    final Shelf<PodIdentityEvent> components;
    final Shelf<PodIdentityEvent> pods;
    final Shelf<PodIdentityEvent> silent;
    final Shelf<Finding> findings;
    final Shelf<Incident> incidents;
    final Shelf<RemediationCommand> commands;
    final Shelf<Remediation> remediations;
    final Shelf<Remediation> past;
    final Shelf<RemediationControl> controls;
    final Shelf<RemediationRefusal> refusals;

    private final ClusterStore store;
    private final Map<String, Shelf<?>> byKind = new HashMap<>();

    Shelves(ClusterStore store) {
        this.store = store;
        nodes = shelf("node", PodIdentityEvent.class);
        components = shelf("component", PodIdentityEvent.class);
        pods = shelf("pod", PodIdentityEvent.class);
        silent = shelf("silent", PodIdentityEvent.class);
        findings = shelf("finding", Finding.class);
        incidents = shelf("incident", Incident.class);
        commands = shelf("command", RemediationCommand.class);
        remediations = shelf("remediation", Remediation.class);
        past = shelf("past", Remediation.class);
        controls = shelf("control", RemediationControl.class);
        refusals = shelf("refusal", RemediationRefusal.class);
    }

    private <V extends SpecificRecord> Shelf<V> shelf(String kind, Class<V> type) {
        Shelf<V> shelf = new Shelf<>(kind, type, store);
        byKind.put(kind, shelf);
        return shelf;
    }

    /** Puts back a record that was saved. */
    void restore(String key, SpecificRecord value) {
        String kind = key.substring(0, key.indexOf('/'));
        if (!byKind.containsKey(kind)) {
            throw new IllegalArgumentException("unknown kind of state: " + key);
        }
        byKind.get(kind).restore(key.substring(kind.length() + 1), value);
    }
}
