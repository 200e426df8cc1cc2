package io.svidflow.diagnosis;

/** A reason why a pod has no SVID. One class each; see docs/causes.md for how to add one. */
public interface Cause {

    /** Its name, as operators and runbooks know it. */
    String name();

    /** The layer of the fault: the remedy of a lower layer comes first. */
    Layer layer();

    /** What it says of the case. */
    Assessment assess(Case question);

    /** Layers in the order of dependency, the lowest first. */
    enum Layer {
        DATASTORE,
        SERVER,
        REGISTRAR,
        AGENT_IDENTITY,
        AGENT_SYNC,
        WORKLOAD_ATTESTATION,
        UNKNOWN
    }
}
