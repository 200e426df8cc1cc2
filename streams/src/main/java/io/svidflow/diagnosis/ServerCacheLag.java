package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;

/**
 * The entry is in the datastore and the agent synchronises, but what it gets does not hold the entry: the server answers
 * from a cache that has not caught up. An agent signs for every entry that it knows, so one that never set out to sign
 * for this entry does not know it.
 */
final class ServerCacheLag implements Cause {

    /** Two reloads of the cache, two synchronisations, and the signature. */
    private static final Duration PROPAGATION = Duration.ofSeconds(45);

    private static final Duration FRESH = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "SERVER_CACHE_LAG";
    }

    @Override
    public Layer layer() {
        return Layer.SERVER;
    }

    @Override
    public Grouping grouping() {
        return Grouping.CLUSTER;
    }

    @Override
    public Assessment assess(Case question) {
        NodeTransition node = question.node();
        Instant entry = question.pod().getClocks().getEntry();
        Instant signed = question.pod().getSignedAt();
        if (entry == null || node == null || !question.missingAnyOf(Link.SVID_ISSUED, Link.SYNCHRONISED)) {
            return silent();
        }
        if (signed != null && !signed.isBefore(entry)) {
            return ruledOut("the agent knows the entry: its SVID was signed at " + signed);
        }
        if (node.getSyncFailingSince() != null) {
            return ruledOut("the agent does not synchronise: " + node.getLastSyncError());
        }
        if (node.getSignFailingSince() != null) {
            return ruledOut("the agent asks for SVIDs and is refused: " + node.getSignError());
        }
        if (question.datastoreOutage().isPresent()
                || question.serverOutage().isPresent()
                || question.someCallsFail().isPresent()) {
            return ruledOut("datastore or server have just failed: the entry may still be on its way");
        }
        // an agent that has only just synchronised has not been looked at from the pod's side yet
        Instant synced = question.missingAnyOf(Link.SYNCHRONISED)
                ? question.pod().getClocks().getSync()
                : latest(question.pod().getClocks().getSync(), node.getLastSyncSuccess());
        if (synced == null || synced.isBefore(entry.plus(PROPAGATION))) {
            return silent();
        }
        return likely(
                confidence(question, node),
                fact(
                        synced,
                        Link.SVID_ISSUED,
                        "the agent synchronised at " + synced + ", "
                                + Duration.between(entry, synced).toSeconds()
                                + " s after the entry was created, and did not get it" + words(question, node)));
    }

    private static double confidence(Case question, NodeTransition node) {
        if (decisive(question, node)) {
            return 0.85;
        }
        return question.notCollected().contains("agent-log") ? Diagnosis.DOUBTFUL : 0.6;
    }

    private static boolean decisive(Case question, NodeTransition node) {
        return building(question) || fresh(question, node);
    }

    private static boolean building(Case question) {
        return question.server().trouble(Trouble.CACHE_BUILD).present();
    }

    private static boolean fresh(Case question, NodeTransition node) {
        return node.getAttestedAt() != null
                && node.getAttestedAt().isAfter(question.now().minus(FRESH));
    }

    private static String words(Case question, NodeTransition node) {
        if (building(question)) {
            return "; a server has been building its entry cache since "
                    + question.server().trouble(Trouble.CACHE_BUILD).first();
        }
        return fresh(question, node) ? "; the agent attested only at " + node.getAttestedAt() : "";
    }

    private static Instant latest(Instant a, Instant b) {
        return a == null || (b != null && b.isAfter(a)) ? b : a;
    }
}
