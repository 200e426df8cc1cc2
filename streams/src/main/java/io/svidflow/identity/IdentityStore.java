package io.svidflow.identity;

import java.time.Instant;
import java.util.List;

/** Where stage 1 keeps its records. Keys are the node key ({@code cluster/node}) and the UID of the pod or entry. */
public interface IdentityStore {

    /** The node's record; null when there is none. */
    NodeRecord node(String nodeKey);

    /** Replaces the node's record; null removes it. */
    void putNode(String nodeKey, NodeRecord node);

    /** The pod's record; null when there is none. */
    PodRecord pod(String nodeKey, String podUid);

    /** Replaces the pod's record; null removes it. */
    void putPod(String nodeKey, String podUid, PodRecord pod);

    /** UIDs of the pods of a node that there is a record of, in order. */
    List<String> pods(String nodeKey);

    /** What is known of an entry apart from its pod; null when there is nothing. */
    EntryIssuance entry(String nodeKey, String entryId);

    /** Replaces it; null removes it. */
    void putEntry(String nodeKey, String entryId, EntryIssuance entry);

    /** What was last told about a SPIRE server or datastore pod; null when nothing was. */
    String component(String nodeKey, String podUid);

    /** Replaces it; null removes it. */
    void putComponent(String nodeKey, String podUid, String told);

    /** Moves the pod's next check; null means none. */
    void reschedule(String nodeKey, String podUid, Instant from, Instant to);
}
