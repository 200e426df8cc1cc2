package io.svidflow.diagnosis;

/**
 * What changed between the versions of the SPIRE agent in when it tries again. The one table of it: the model of an
 * agent's next attempt and the checks of a deployment look here. Read in SPIRE's source, tag by tag: pkg/agent/agent.go,
 * pkg/agent/manager and pkg/common/backoff.
 */
public enum AgentChange {
    /** The longest wait of the back-off doubled. */
    LONGER_BACKOFF(
            "1.7.1",
            "longest wait between two failed synchronisations",
            "24 times sync_interval",
            "48 times sync_interval, at most 8 min"),
    /** An agent with a long interval does not make its first workloads wait for it. */
    SHORT_FIRST_WAIT(
            "1.8.3",
            "wait between the start of the agent and the next synchronisation",
            "sync_interval",
            "sync_interval, at most 5 s"),
    /** An agent may outlive a failure at its start. */
    RETRY_AT_START_ON_REQUEST(
            "1.9.2",
            "attestation or first synchronisation fails at the start",
            "the agent exits, and the kubelet's back-off begins",
            "the same, unless retry_bootstrap is set: then it tries again for 1 min"),
    /** An agent that the server does not know any more keeps its process. */
    REATTEST_IN_PROCESS(
            "1.10.0",
            "the server does not know the agent any more",
            "the agent removes its SVID and exits",
            "the agent attests again in the same process and synchronises within 5 s"),
    /** An agent outlives a failure at its start unless told otherwise. */
    RETRY_AT_START_BY_DEFAULT(
            "1.13.0",
            "attestation or first synchronisation fails at the start",
            "the agent exits unless retry_bootstrap is set",
            "it tries again for 1 min, with rebootstrap_mode auto or always for 24 h, unless retry_bootstrap is false"),
    /** An agent may bootstrap anew when the server's CA is another one. */
    REBOOTSTRAP(
            "1.13.0",
            "the server's certificate is of a CA that the agent does not know",
            "the agent exits, or fails for good",
            "with rebootstrap_mode auto or always it waits rebootstrap_delay (10 min) and bootstraps anew"),
    /** An agent always outlives a failure at its start, for a while. */
    RETRY_AT_START_ALWAYS(
            "1.14.0",
            "attestation or first synchronisation fails at the start",
            "it tries again unless retry_bootstrap is false",
            "it always tries again; retry_bootstrap is gone");

    private final SpireVersion since;
    private final String question;
    private final String before;
    private final String from;

    AgentChange(String since, String question, String before, String from) {
        this.since = SpireVersion.of(since).orElseThrow();
        this.question = question;
        this.before = before;
        this.from = from;
    }

    /** First version with the change. */
    public SpireVersion since() {
        return since;
    }

    /** What changed. */
    public String question() {
        return question;
    }

    /** How it was before. */
    public String before() {
        return before;
    }

    /** How it is since. */
    public String from() {
        return from;
    }

    /**
     * Whether an agent of that version has the change.
     *
     * @param version null: not known, and taken for a recent one
     */
    public boolean in(SpireVersion version) {
        return version == null || version.compareTo(since) >= 0;
    }
}
