package io.svidflow.cli.replay;

import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.Progress;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.event.RemediationResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run concluded: of each finding, incident, command and remediation the latest revision. */
public final class Conclusions {

    private final List<PodIdentityEvent> firstStage = new ArrayList<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final Map<String, RemediationCommand> commands = new LinkedHashMap<>();
    private final Map<String, RemediationResult> results = new LinkedHashMap<>();
    private final Map<String, Remediation> remediations = new LinkedHashMap<>();
    private final Map<String, RemediationRefusal> refusals = new LinkedHashMap<>();

    /** What stage 1 concluded; how far it has got is left out. */
    public void add(PodIdentityEvent conclusion) {
        if (!(conclusion.getBody() instanceof Progress)) {
            firstStage.add(conclusion);
        }
    }

    /** A new revision of a finding. */
    public void add(Finding finding) {
        findings.put(finding.getId(), finding);
    }

    /** A new revision of an incident. */
    public void add(Incident incident) {
        incidents.put(incident.getId(), incident);
    }

    /** A command; the same id again is the same command. */
    public void add(RemediationCommand command) {
        commands.putIfAbsent(command.getId(), command);
    }

    /** A new revision of a remediation. */
    public void add(Remediation remediation) {
        remediations.put(remediation.getCommandId(), remediation);
    }

    /** Something was not planned. */
    public void add(RemediationRefusal refusal) {
        refusals.put(refusal.getId(), refusal);
    }

    /** An actor's answer. */
    public void add(RemediationResult result) {
        results.put(result.getCommandId(), result);
    }

    /** Answers of actors; a replay has none. */
    public List<RemediationResult> results() {
        return List.copyOf(results.values());
    }

    /** What stage 1 concluded of pods and nodes, in the order in which it did. */
    public List<PodIdentityEvent> firstStage() {
        return List.copyOf(firstStage);
    }

    /** Pods without identity. */
    public List<Finding> findings() {
        return List.copyOf(findings.values());
    }

    /** Faults. */
    public List<Incident> incidents() {
        return List.copyOf(incidents.values());
    }

    /** What should be done. */
    public List<RemediationCommand> commands() {
        return List.copyOf(commands.values());
    }

    /** What came of it. */
    public List<Remediation> remediations() {
        return List.copyOf(remediations.values());
    }

    /** What was not planned, and why. */
    public List<RemediationRefusal> refusals() {
        return List.copyOf(refusals.values());
    }
}
