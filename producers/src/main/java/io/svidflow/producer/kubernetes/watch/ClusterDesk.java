package io.svidflow.producer.kubernetes.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.kubernetes.KubernetesKind;
import io.svidflow.producer.kubernetes.KubernetesKind.Use;
import io.svidflow.producer.kubernetes.watch.LaneMemory.Novelty;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what was seen, in order, and decides what is news, what is gone, and what may have been missed. */
final class ClusterDesk {

    private static final Logger LOGGER = LoggerFactory.getLogger(ClusterDesk.class);

    private final Map<Lane, LaneMemory> lanes;
    private final Statements statements;
    private final Promise promise;
    private final UsableRules rules;
    private final FirstListings firstListings;
    private boolean selectionsChanged;

    ClusterDesk(Map<Lane, LaneMemory> lanes, Statements statements, Promise promise) {
        this.lanes = lanes;
        this.statements = statements;
        this.promise = promise;
        this.rules = new UsableRules(lanes.values(), statements);
        this.firstListings = new FirstListings(lanes.values(), statements);
    }

    void take(Sighting sighting) throws InterruptedException {
        LaneMemory memory = lanes.get(sighting.lane());
        if (sighting instanceof Sighting.Listing listing) {
            listing(memory, listing);
        } else if (sighting instanceof Sighting.There there) {
            there(memory, there.object());
        } else if (sighting instanceof Sighting.Listed listed) {
            listed(memory, listed);
        } else if (sighting instanceof Sighting.Remembered remembered) {
            memory.remember(remembered.object());
            if (memory.lane().kind() != KubernetesKind.RULES) {
                statements.remembered(memory.lane().kind(), remembered.object());
            }
        } else if (sighting instanceof Sighting.Resumed resumed) {
            resumed(memory, resumed.version());
        } else if (sighting instanceof Sighting.Changed changed) {
            changed(memory, changed);
        } else if (sighting instanceof Sighting.Complete complete) {
            memory.reached(complete.version(), complete.until());
            rules.review(false);
            promised();
        } else if (sighting instanceof Sighting.Failed failed) {
            failed(memory, failed);
        } else if (sighting instanceof Sighting.Absent) {
            absent(memory);
        } else if (sighting instanceof Sighting.Ended ended) {
            throw ended.defect();
        }
    }

    /**
     * Selections that changed before the pods were remembered look as if they had always been so: then all pods are said
     * again.
     */
    private void resumed(LaneMemory memory, String version) throws InterruptedException {
        memory.resumed(version);
        rules.review(true);
        firstListings.review();
        if (memory.lane().kind() == KubernetesKind.PODS && selectionsChanged) {
            for (ObjectNode pod : memory.objects()) {
                observed(KubernetesKind.PODS, Change.MODIFIED, pod);
            }
        }
    }

    private void listing(LaneMemory memory, Sighting.Listing listing) throws InterruptedException {
        boolean judging = memory.lane().kind().use() == Use.JUDGING;
        if (!listing.lost().isEmpty()) {
            LOGGER.atWarn()
                    .addKeyValue("lane", memory.lane().name())
                    .addKeyValue("reason", listing.lost())
                    .log("what happened since the last watch may be missing: listing everything");
            if (judging) {
                statements.flush();
                promise.broken(listing.at(), listing.lost());
            }
        }
        memory.listing(listing.at());
    }

    private void there(LaneMemory memory, ObjectNode object) throws InterruptedException {
        Novelty novelty = memory.there(object);
        if (novelty != Novelty.NONE) {
            observed(memory.lane().kind(), novelty == Novelty.NEW ? Change.ADDED : Change.MODIFIED, object);
        }
    }

    private void listed(LaneMemory memory, Sighting.Listed listed) throws InterruptedException {
        for (ObjectNode vanished : memory.listed(listed.version(), listed.at())) {
            observed(memory.lane().kind(), Change.DELETED, vanished);
        }
        LOGGER.atInfo()
                .addKeyValue("lane", memory.lane().name())
                .addKeyValue("objects", memory.size())
                .addKeyValue("resourceVersion", listed.version())
                .log("listed");
        rules.review(false);
        firstListings.review();
        promised();
    }

    private void changed(LaneMemory memory, Sighting.Changed changed) throws InterruptedException {
        if (changed.change() == Change.DELETED) {
            memory.gone(changed.object());
        } else {
            memory.there(changed.object());
        }
        KubernetesKind kind = memory.lane().kind();
        selectionsChanged |= kind == KubernetesKind.RULES || kind == KubernetesKind.NAMESPACES;
        observed(kind, changed.change(), changed.object());
    }

    /** A rule that cannot be applied yet is kept, and applied with the others. */
    private void observed(KubernetesKind kind, Change change, ObjectNode object) throws InterruptedException {
        if (kind != KubernetesKind.RULES || rules.usable()) {
            statements.observed(kind, change, object);
        }
    }

    private void failed(LaneMemory memory, Sighting.Failed failed) throws InterruptedException {
        LOGGER.atWarn()
                .addKeyValue("lane", memory.lane().name())
                .addKeyValue("error", failed.error())
                .log("cannot be observed; will be tried again");
        memory.failed(failed.refused());
        statements.failed(memory.lane(), failed.error());
        rules.review(false);
        promised();
    }

    private void absent(LaneMemory memory) throws InterruptedException {
        memory.failed(true);
        memory.listing(null);
        for (ObjectNode vanished : memory.listed("", null)) {
            observed(memory.lane().kind(), Change.DELETED, vanished);
        }
        memory.failed(true);
        rules.review(false);
        promised();
    }

    private void promised() throws InterruptedException {
        statements.flush();
        promise.renew();
    }
}
