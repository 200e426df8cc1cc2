package io.svidflow.identity;

import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.NODE_KEY;
import static io.svidflow.scene.Scene.at;
import static io.svidflow.scene.Scene.fact;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.PodTransition;
import io.svidflow.event.SourceFailure;
import io.svidflow.scene.Bodies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** One node under the tracker, with records in memory and checks at the times that the tracker asks for. */
final class WatchedNode {

    private final RecordsInMemory records = new RecordsInMemory();
    private final IdentityTracker tracker = new IdentityTracker(Graces.defaults(), 0, records);
    private final List<PodIdentityEvent> told = new ArrayList<>();
    private Coverage coverage = new Coverage(at(-3600), true, true, false);

    /** A node that is Ready, and a Ready agent that is attested. */
    static WatchedNode healthy() {
        WatchedNode node = new WatchedNode();
        node.sees(-3000, Bodies.node(NODE));
        node.sees(-3000, Bodies.agentPod("agent", -3000, true));
        node.sees(-3000, Bodies.agentListed(false));
        return node;
    }

    /** From now on only this can be seen. */
    WatchedNode covered(Coverage now) {
        coverage = now;
        return this;
    }

    /** A fact comes, after everything that was due before it. */
    WatchedNode sees(double second, SpecificRecord body) {
        return hears(second, fact(second, body));
    }

    /** An event comes, after everything that was due before it. */
    WatchedNode hears(double second, SpecificRecord event) {
        waits(second);
        told.addAll(tracker.observe(NODE_KEY, event, coverage, at(second), false));
        return this;
    }

    /** The agent's debug API does not answer. */
    WatchedNode pollFails(double second) {
        waits(second);
        AgentEvent event = (AgentEvent) fact(second, Bodies.agentListed(false));
        SpecificRecord failed = new AgentEvent(event.getHeader(), new SourceFailure("GetInfo", "connection refused"));
        told.addAll(tracker.observe(NODE_KEY, failed, coverage, at(second), false));
        return this;
    }

    /** Time passes up to and including the given second. */
    WatchedNode waits(double second) {
        for (RecordsInMemory.Check check = records.firstDue(at(second));
                check != null;
                check = records.firstDue(at(second))) {
            told.addAll(tracker.due(NODE_KEY, check.podUid(), coverage, check.at()));
        }
        return this;
    }

    /** What was told of the pod, in order. */
    List<PodTransition> told(String podUid) {
        return told.stream()
                .map(PodIdentityEvent::getBody)
                .filter(PodTransition.class::isInstance)
                .map(PodTransition.class::cast)
                .filter(pod -> pod.getPodUid().equals(podUid))
                .toList();
    }

    /** What was told of the node, in order. */
    List<NodeTransition> nodes() {
        return told.stream()
                .map(PodIdentityEvent::getBody)
                .filter(NodeTransition.class::isInstance)
                .map(NodeTransition.class::cast)
                .toList();
    }

    List<IdentityState> states(String podUid) {
        return told(podUid).stream().map(PodTransition::getState).toList();
    }

    /** The state that was told last; UNKNOWN when nothing was. */
    IdentityState state(String podUid) {
        List<IdentityState> states = states(podUid);
        return states.isEmpty() ? IdentityState.UNKNOWN : states.get(states.size() - 1);
    }

    /** When the pod was first told to be stuck; null: never. */
    Instant stuckAt(String podUid) {
        return told.stream()
                .filter(event -> event.getBody() instanceof PodTransition pod
                        && pod.getPodUid().equals(podUid)
                        && pod.getState() == IdentityState.STUCK)
                .map(PodIdentityEvent::getAt)
                .findFirst()
                .orElse(null);
    }

    /** First missing link in the last transition of the pod. */
    Link missing(String podUid) {
        List<PodTransition> transitions = told(podUid);
        return transitions.get(transitions.size() - 1).getFirstMissing();
    }

    RecordsInMemory records() {
        return records;
    }
}
