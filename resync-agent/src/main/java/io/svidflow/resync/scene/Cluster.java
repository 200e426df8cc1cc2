package io.svidflow.resync.scene;

import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationTarget;
import java.util.Optional;

/** Kubernetes, as an actor uses it: it looks, and it can do exactly three things. */
public interface Cluster {

    /**
     * Looks at everything that the command is about.
     *
     * @throws UnseenException if it cannot be seen, with the reason
     */
    Place look(RemediationCommand command) throws UnseenException;

    /**
     * The pod of that name; empty: there is none.
     *
     * @throws UnseenException if it cannot be seen
     */
    Optional<SeenPod> pod(String namespace, String name) throws UnseenException;

    /**
     * The last lines of the log of the pod's own container.
     *
     * @throws UnseenException if they cannot be had
     */
    String log(SeenPod pod) throws UnseenException;

    /** Deletes the pod with this UID, and none that has taken its name. */
    Effect delete(RemediationTarget pod);

    /** Evicts the pod with this UID, as far as its PodDisruptionBudgets allow. */
    Effect evict(RemediationTarget pod);

    /** Annotates the pod with this UID, so that whoever watches pods looks at it again. */
    Effect annotate(RemediationTarget pod, String value);
}
