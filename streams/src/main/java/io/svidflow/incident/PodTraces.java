package io.svidflow.incident;

import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodTransition;
import io.svidflow.event.RequestHabit;
import java.time.Instant;

/** What one pod says about those around it: its siblings, its registrar, and the server that serves its agent. */
final class PodTraces {

    private final ClusterState state;

    PodTraces(ClusterState state) {
        this.state = state;
    }

    /** @param healthy it has an identity */
    void of(PodTransition pod, boolean healthy, Instant now) {
        Instant entry = pod.getClocks().getEntry();
        Finding open = state.findings().get(pod.getPodUid());
        NodeTransition node = state.node(pod.getNode());
        if (entry != null) {
            state.waits().registered(pod.getClocks().getPod());
        }
        if (entry != null && open != null && open.getFirstMissing() == Link.ENTRY_PRESENT) {
            state.waits().lateEntry(open.getIncidentId(), pod.getPodUid(), entry);
        }
        if (entry != null && healthy && node != null && node.getServerReplica() != null) {
            state.waits().given(node.getServerReplica(), entry);
        }
        if (pod.getOwner() != null) {
            sibling(pod, healthy, now);
        }
    }

    private void sibling(PodTransition pod, boolean healthy, Instant now) {
        String owner = pod.getNamespace() + "/" + pod.getOwner();
        boolean gone = pod.getState() == IdentityState.GONE;
        if (gone) {
            state.siblings().gone(owner, pod.getTemplate(), pod.getPodUid(), now);
        } else {
            state.siblings().identity(owner, pod.getTemplate(), pod.getPodUid(), healthy ? now : null);
        }
        RequestHabit habit = gone ? RequestHabit.UNSEEN : pod.getRequests();
        state.siblings().requests(owner, pod.getTemplate(), pod.getPodUid(), habit, now);
    }
}
