package io.svidflow.incident;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What pods waited for and when it came: the entries of an incident's pods, and what replicas of the server handed out. */
final class Waits {

    private static final String LATE_ENTRY = "late-entry/";
    private static final String HEALED = "healed/";
    private static final String GIVEN = "given/";
    private static final String REGISTERED = "latest-registered-start";

    private final Moments moments;

    Waits(Moments moments) {
        this.moments = moments;
    }

    /** A pod that started then has got its entry. */
    void registered(Instant podStart) {
        if (podStart != null) {
            moments.rememberLatest(REGISTERED, podStart);
        }
    }

    Instant latestRegisteredStart() {
        return moments.get(REGISTERED);
    }

    /** The entry of a pod of an incident came after the pod had waited for it. */
    void lateEntry(String incidentId, String podUid, Instant created) {
        moments.remember(LATE_ENTRY + incidentId + '/' + podUid, created);
    }

    /** When the entries were created that pods of an incident had waited for. */
    Collection<Instant> lateEntries(String incidentId) {
        return moments.below(LATE_ENTRY + incidentId + '/').values();
    }

    /** The incident is forgotten. */
    void forgetIncident(String incidentId) {
        moments.forgetBelow(LATE_ENTRY + incidentId + '/');
    }

    /** An agent that a replica of the server serves has been given an entry. */
    void given(String replica, Instant created) {
        moments.rememberLatest(GIVEN + replica, created);
    }

    /** By replica of the server, when the youngest entry was created that its agents have been given. */
    Map<String, Instant> given() {
        Map<String, Instant> given = new TreeMap<>();
        moments.below(GIVEN).forEach((key, created) -> given.put(key.substring(GIVEN.length()), created));
        return given;
    }

    /** The agent of a node synchronised again after it had failed to. */
    void healed(String node, Instant at) {
        moments.rememberLatest(HEALED + node, at);
    }

    Instant healedAt(String node) {
        return moments.get(HEALED + node);
    }

    /** The node is gone. */
    void forgetNode(String node) {
        moments.forget(HEALED + node);
    }

    /** The replica is gone. */
    void forgetReplica(String pod) {
        moments.forget(GIVEN + pod);
    }
}
