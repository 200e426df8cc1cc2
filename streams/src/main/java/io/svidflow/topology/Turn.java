package io.svidflow.topology;

import io.svidflow.event.AgentSynchronised;
import io.svidflow.event.ComponentTransition;
import io.svidflow.event.CoverageTransition;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.PodTransition;
import io.svidflow.event.ServerEvent;
import java.time.Instant;

/**
 * When an event of stage 2 is due. At equal times facts about the server come first, then nodes, then pods, so that a pod is
 * judged by what its surroundings were at that moment. The order does not depend on partitions or arrival.
 */
record Turn(Instant at, int rank, String subject, long sequence, String id) implements Comparable<Turn> {

    static Turn of(ServerEvent fact) {
        return new Turn(
                fact.getHeader().getObservedTime(),
                0,
                fact.getHeader().getSource(),
                fact.getHeader().getSequence(),
                fact.getHeader().getId());
    }

    static Turn of(PodIdentityEvent event) {
        Object body = event.getBody();
        if (body instanceof ComponentTransition component) {
            return new Turn(event.getAt(), 1, component.getPodUid(), event.getSequence(), event.getId());
        }
        if (body instanceof NodeTransition node) {
            return new Turn(event.getAt(), 2, node.getNode(), event.getSequence(), event.getId());
        }
        if (body instanceof AgentSynchronised proof) {
            return new Turn(event.getAt(), 2, proof.getNode(), event.getSequence(), event.getId());
        }
        if (body instanceof PodTransition pod) {
            return new Turn(event.getAt(), 3, pod.getPodUid(), event.getSequence(), event.getId());
        }
        if (body instanceof CoverageTransition coverage) {
            return new Turn(event.getAt(), 4, coverage.getSource(), event.getSequence(), event.getId());
        }
        return new Turn(event.getAt(), 5, "", event.getSequence(), event.getId());
    }

    @Override
    public int compareTo(Turn other) {
        int order = at.compareTo(other.at);
        order = order != 0 ? order : Integer.compare(rank, other.rank);
        order = order != 0 ? order : subject.compareTo(other.subject);
        order = order != 0 ? order : Long.compare(sequence, other.sequence);
        return order != 0 ? order : id.compareTo(other.id);
    }

    /** Key in a store. */
    String key() {
        return String.join(
                "/",
                PendingKey.ordered(java.time.temporal.ChronoUnit.MICROS.between(Instant.EPOCH, at)),
                String.valueOf(rank),
                subject,
                PendingKey.ordered(sequence),
                id);
    }
}
