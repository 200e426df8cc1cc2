package io.svidflow.producer.kubernetes.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.kubernetes.KubernetesKind;
import java.time.Instant;

/**
 * Sees what the Kubernetes source sees: exactly the objects that facts were made of, in the order of their observation. Who
 * records them can replay what was concluded. Called by the thread of the source, which waits.
 */
public interface RawObserver {

    /** Sees nothing. */
    RawObserver NONE = new RawObserver() {
        @Override
        public void observed(KubernetesKind kind, Instant at, Change change, ObjectNode object) {}

        @Override
        public void failed(KubernetesKind kind, Instant at, String error) {}
    };

    /**
     * An object was observed.
     *
     * @param at when it was seen
     * @param object the object, trimmed; for DELETED its last known state. Not to be changed
     */
    void observed(KubernetesKind kind, Instant at, Change change, ObjectNode object);

    /** The objects of a kind could not be observed. */
    void failed(KubernetesKind kind, Instant at, String error);
}
