package io.svidflow.unreported;

/** Why something that looks like a fault is not reported. */
public enum Reason {
    /** Every new pod is refused until its entry has reached the agent. */
    PROPAGATION("BENIGN_PROPAGATION", "refused on the way to an identity that came in time"),
    /** It was gone before it could be owed an identity. */
    WORKLOAD_GONE("BENIGN_WORKLOAD_GONE", "gone before an identity was due"),
    /** An agent that restarts, attests again, or renews. */
    AGENT_SELF("BENIGN_AGENT_SELF", "agents that helped themselves"),
    /** A synchronisation that failed and was made up for. */
    TRANSIENT_SYNC("BENIGN_TRANSIENT_SYNC", "failed synchronisations that no pod noticed"),
    /** An attestor that failed and works again. */
    TRANSIENT_ATTESTATION("BENIGN_TRANSIENT_ATTESTATION", "failed workload attestations that no pod noticed"),
    /** Nobody promised the pod an identity. */
    NOT_EXPECTED("ENTRY_NOT_EXPECTED", "asked without being registered"),
    /** An object that somebody else writes, too. */
    FOREIGN_RESOURCE("BENIGN_FOREIGN_RESOURCE", "objects that somebody else writes, too"),
    /** The server's event-based cache caught up with what it had skipped. */
    SKIPPED_EVENT_NOISE("BENIGN_SKIPPED_EVENT_NOISE", "events that the server's cache skipped and made up for"),
    /** What spire-controller-manager says of pods without a node and the like. */
    REGISTRAR_NOISE("BENIGN_REGISTRAR_NOISE", "errors of the controller manager that mean nothing"),
    /** The facts do not suffice: this is no all-clear. */
    UNDECIDED("UNDECIDED", "not judged: the facts do not suffice, this is no all-clear");

    private final String label;
    private final String meaning;

    Reason(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** Its name in reports. */
    public String label() {
        return label;
    }

    /** In words. */
    public String meaning() {
        return meaning;
    }
}
