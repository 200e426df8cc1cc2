package io.svidflow.resync.actor;

import io.svidflow.event.RemediationTarget;
import io.svidflow.resync.scene.Cluster;
import io.svidflow.resync.scene.SeenPod;
import io.svidflow.resync.scene.UnseenException;
import java.util.Optional;

/** What is seen of a target of which nobody knows whether it was acted on: for the person who has to find out. */
final class Aftermath {

    private final Cluster cluster;

    Aftermath(Cluster cluster) {
        this.cluster = cluster;
    }

    /** In a sentence. */
    String of(RemediationTarget target) {
        if (target == null) {
            return "It names no target";
        }
        try {
            Optional<SeenPod> pod = cluster.pod(target.getNamespace(), target.getName());
            String name = "Now pod " + target.getNamespace() + "/" + target.getName() + " with UID " + target.getUid();
            if (pod.filter(seen -> seen.uid().equals(target.getUid())).isEmpty()) {
                return name + " is not there any more";
            }
            return name + (pod.get().terminating() ? " is being deleted" : " is still there");
        } catch (UnseenException e) {
            return e.getMessage();
        }
    }
}
