package io.svidflow.incident;

import static io.svidflow.scene.Scene.CLUSTER;
import static io.svidflow.scene.Scene.at;

import io.svidflow.diagnosis.Backoff;
import io.svidflow.diagnosis.ServerHealth;
import io.svidflow.event.Clocks;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Incident;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.PodTransition;
import io.svidflow.event.ProofGrade;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.event.SourceFailure;
import io.svidflow.remediation.Policy;
import io.svidflow.scene.Bodies;
import io.svidflow.scene.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** A cluster under the tracker: conclusions and server facts in the order of their time, a tick each second between. */
final class WatchedCluster implements ClusterStore {

    private final TreeMap<String, Object> saved = new TreeMap<>();
    private final List<SpecificRecord> told = new ArrayList<>();
    private ClusterState state = new ClusterState(CLUSTER, this);
    private IncidentTracker tracker = tracker(state);
    private int second;

    private static IncidentTracker tracker(ClusterState state) {
        return new IncidentTracker(state, new Backoff(Duration.ofSeconds(5)), Policy.observing());
    }

    /** Another instance takes over with nothing but what was saved. */
    WatchedCluster takenOver() {
        ClusterState restored = new ClusterState(CLUSTER, this);
        saved.forEach((key, value) -> {
            if (value instanceof Instant instant) {
                restored.restore(key, instant);
            } else if (value instanceof ServerHealth health) {
                restored.restore(health);
            } else {
                restored.restore(key, (SpecificRecord) value);
            }
        });
        state = restored;
        tracker = tracker(restored);
        return this;
    }

    WatchedCluster waits(int until) {
        while (second < until) {
            told.addAll(tracker.tick(at(++second)));
        }
        return this;
    }

    WatchedCluster sees(int now, SpecificRecord body) {
        waits(now);
        told.addAll(tracker.apply(PodIdentityEvent.newBuilder()
                .setId("event-" + now)
                .setAt(at(now))
                .setCluster(CLUSTER)
                .setPartition(0)
                .setSequence(0)
                .setBody(body)
                .build()));
        return this;
    }

    WatchedCluster server(int now, ServerSignalKind kind, String error) {
        waits(now);
        tracker.apply((ServerEvent) Scene.fact(null, now, Bodies.server(kind, error)));
        return this;
    }

    WatchedCluster server(int now, ServerSignal signal) {
        waits(now);
        tracker.apply((ServerEvent) Scene.fact(null, now, signal));
        return this;
    }

    /** A poll failed. */
    WatchedCluster poll(int now, SourceFailure failure) {
        waits(now);
        tracker.apply((ServerEvent) Scene.fact(null, now, failure));
        return this;
    }

    /** An operator wants something. */
    WatchedCluster wishes(int now, RemediationControl wish) {
        waits(now);
        told.addAll(tracker.apply(wish));
        return this;
    }

    /** The datastore fails every five seconds. */
    WatchedCluster datastoreFails(int from, int until) {
        for (int now = from; now <= until; now += 5) {
            server(now, ServerSignalKind.DATASTORE_ERROR, "datastore-sql: connection refused");
        }
        return this;
    }

    <T extends SpecificRecord> List<T> told(Class<T> type) {
        return told.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<SpecificRecord> told() {
        return told;
    }

    Incident lastIncident() {
        List<Incident> incidents = told(Incident.class);
        return incidents.get(incidents.size() - 1);
    }

    /** Whether time alone changes nothing. */
    boolean quiet() {
        return state.quiet();
    }

    List<String> kept() {
        return List.copyOf(saved.keySet());
    }

    static PodTransition.Builder pod(String uid, IdentityState state, Link missing) {
        boolean healthy = state == IdentityState.RECOVERED;
        boolean registered = healthy || missing == Link.SYNCHRONISED;
        return PodTransition.newBuilder()
                .setPodUid(uid)
                .setNamespace("app")
                .setPod(uid)
                .setNode("node-1")
                .setOwner("Job/" + uid)
                .setState(state)
                .setSince(at(0))
                .setExpectedBy("rule")
                .setRules(List.of(Bodies.RULE))
                .setFirstMissing(missing)
                .setProven(List.of())
                .setProof(healthy ? ProofGrade.ISSUED : null)
                .setClocks(new Clocks(at(0), registered ? at(1) : null, null, null))
                .setEvidence(List.of());
    }

    static PodTransition stuck(String uid, Link missing) {
        return pod(uid, IdentityState.STUCK, missing).build();
    }

    static PodTransition recovered(String uid) {
        return pod(uid, IdentityState.RECOVERED, null).build();
    }

    static PodTransition gone(String uid) {
        return pod(uid, IdentityState.GONE, null).build();
    }

    static NodeTransition.Builder node(String name) {
        return NodeTransition.newBuilder()
                .setNode(name)
                .setReady(true)
                .setRebooted(false)
                .setBanned(false)
                .setAgentPod("spire/agent-" + name)
                .setAgentReady(true)
                .setAgentId(Bodies.AGENT_ID + name)
                .setSyncAttempts(0)
                .setEvidence(List.of());
    }

    @Override
    public void save(String key, SpecificRecord value) {
        put(key, value);
    }

    @Override
    public void save(ServerHealth health) {
        put("server", health);
    }

    @Override
    public void save(String key, Instant value) {
        put(key, value);
    }

    private void put(String key, Object value) {
        if (value == null) {
            saved.remove(key);
        } else {
            saved.put(key, value);
        }
    }
}
