package io.svidflow.diagnosis;

/** A reason why a pod has no SVID. One class each; see docs/causes.md for how to add one. */
public interface Cause {

    /** Its name, as operators and runbooks know it. */
    String name();

    /** The layer of the fault: the remedy of a lower layer comes first. */
    Layer layer();

    /** What it says of the case. */
    Assessment assess(Case question);

    /** Which findings of this cause come from one fault, and so make one incident. */
    default Grouping grouping() {
        return Grouping.NODE;
    }

    /** What findings of one fault have in common. */
    enum Grouping {
        /** The datastore: everybody shares it. */
        DATASTORE,
        /** The server, or where one node alone is cut off from it, that node. */
        SERVER,
        /** The registrar: everybody shares it. */
        REGISTRAR,
        /** The outage that the agent backs off from; without one, its node. */
        OUTAGE_BEHIND,
        /** The cluster. */
        CLUSTER,
        /** The node. */
        NODE,
        /** The agent of the node, whatever is wrong with its identity. */
        AGENT,
        /** The pods of one owner. */
        OWNER
    }

    /** Layers in the order of dependency, the lowest first. */
    enum Layer {
        DATASTORE,
        SERVER,
        REGISTRAR,
        AGENT_IDENTITY,
        AGENT_SYNC,
        WORKLOAD_ATTESTATION,
        SOCKET,
        UNKNOWN
    }
}
