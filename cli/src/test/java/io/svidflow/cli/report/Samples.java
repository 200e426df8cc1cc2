package io.svidflow.cli.report;

import io.svidflow.event.Alternative;
import io.svidflow.event.Clocks;
import io.svidflow.event.Evidence;
import io.svidflow.event.Finding;
import io.svidflow.event.HeadlineChange;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Incident;
import io.svidflow.event.Link;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.event.Prediction;
import io.svidflow.event.ProofGrade;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationState;
import io.svidflow.event.RuledOut;
import io.svidflow.event.Scope;
import io.svidflow.serde.EventSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A small incident: the datastore is down for a while, and a pod waits for its agent's back-off. */
public final class Samples {

    public static final Instant START = Instant.parse("2026-11-23T05:41:00Z");

    static {
        // Avro fills in defaults with enums only of classes that it was told to trust, which the serdes do.
        new EventSerdes(Map.of("schema.registry.url", "mock://samples"));
    }

    private Samples() {}

    /** Seconds after the start. */
    public static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    public static IncidentSummary summary(Duration testWindow) {
        return new IncidentSummary(
                "late-agent",
                "The agent waits for its back-off",
                "lab",
                "lab.example",
                "1.15.3",
                START,
                at(600),
                testWindow);
    }

    /** A pod that recovered. */
    public static Finding.Builder finding(String pod) {
        return Finding.newBuilder()
                .setId("finding-" + pod)
                .setCluster("lab")
                .setIncidentId("incident-1")
                .setNamespace("shop")
                .setPod(pod)
                .setPodUid("uid-" + pod)
                .setNode("node-1")
                .setOwner("ReplicaSet/cart")
                .setState(IdentityState.RECOVERED)
                .setCause("AGENT_SYNC_BACKOFF")
                .setConfidence(0.9)
                .setAlternatives(List.of(new Alternative("REGISTRAR_LAG", 0.1)))
                .setFirstMissing(Link.SYNCHRONISED)
                .setProven(List.of(Link.NODE_READY, Link.AGENT_READY, Link.ENTRY_PRESENT))
                .setSince(at(300))
                .setDetectedAt(at(331))
                .setRecoveredAt(at(406))
                .setEvidence(List.of(
                        new Evidence(at(310), Link.SYNCHRONISED, "Synchronize failed: connection refused", "fact-1")))
                .setRuledOut(List.of(new RuledOut("REGISTRAR_LAG", "the entry was created 1.0 s after the pod")))
                .setClocks(new Clocks(at(300), at(301), at(60), at(302)))
                .setPrediction(new Prediction(at(390), at(410), 6, at(450)))
                .setProof(ProofGrade.ISSUED)
                .setRevision(3)
                .setUpdatedAt(at(406))
                .setHistory(List.of(
                        new HeadlineChange(at(331), "UNKNOWN"), new HeadlineChange(at(340), "AGENT_SYNC_BACKOFF")));
    }

    /** The fault behind it. */
    public static Incident.Builder incident() {
        return Incident.newBuilder()
                .setId("incident-1")
                .setCluster("lab")
                .setCause("SERVER_DATASTORE_DOWN")
                .setScope(Scope.CLUSTER)
                .setNodes(List.of("node-1", "node-2"))
                .setFindings(List.of("finding-a"))
                .setPods(1)
                .setOpenedAt(at(30))
                .setUpdatedAt(at(406))
                .setClosedAt(at(406))
                .setReasons(List.of("node node-2, which runs the datastore, restarted"))
                .setEvidence(List.of(new Evidence(at(30), null, "datastore-sql: connection refused", null)))
                .setHistory(List.of())
                .setRevision(2);
    }

    public static RemediationCommand.Builder command(RemediationAction action) {
        return RemediationCommand.newBuilder()
                .setId("command-1")
                .setCluster("lab")
                .setAction(action)
                .setCause("AGENT_SYNC_BACKOFF")
                .setFindingId("finding-a")
                .setIncidentId("incident-1")
                .setNamespace("shop")
                .setPod("a")
                .setPodUid("uid-a")
                .setNode("node-1")
                .setBootId(null)
                .setAgentPodUid(null)
                .setIssuedAt(at(331))
                .setNotBefore(at(331))
                .setExpiresAt(at(500))
                .setRung(0)
                .setMode("replay")
                .setPrediction(new Prediction(at(390), at(410), 6, at(450)))
                .setReason("the agent tries again by itself");
    }

    public static Remediation remediation() {
        return Remediation.newBuilder()
                .setCommandId("command-1")
                .setCluster("lab")
                .setAction(RemediationAction.WAIT)
                .setCause("AGENT_SYNC_BACKOFF")
                .setPodUid("uid-a")
                .setState(RemediationState.SUCCEEDED)
                .setOpenedAt(at(331))
                .setAnsweredAt(at(332))
                .setClosedAt(at(406))
                .setProof(ProofGrade.ISSUED)
                .setDetail("the pod obtained an SVID")
                .build();
    }

    public static Verdict verdict(List<Finding> findings) {
        return verdict(findings, List.of(incident().build()), null);
    }

    public static Verdict verdict(List<Finding> findings, List<Incident> incidents, Duration testWindow) {
        return new Verdict(
                summary(testWindow),
                findings,
                incidents,
                List.of(command(RemediationAction.WAIT).build()),
                List.of(remediation()),
                List.of(),
                FactCount.of(Map.of("kubernetes", 12L, "agent-log/node-1", 30L), 1, 2),
                Map.of("fact-1", new Origin(OriginKind.FILE, "raw/logs/agent/node-1.log", 17L, null, null, null)));
    }
}
