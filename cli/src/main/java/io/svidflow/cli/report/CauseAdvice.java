package io.svidflow.cli.report;

import java.util.Map;

/** What a cause means and what an operator should do about it, and leave alone. */
final class CauseAdvice {

    private static final Advice OTHER = new Advice(
            "the facts do not decide what broke",
            "follow the evidence from the first missing link on; do not restart SPIRE while it is undecided");

    private static final Map<String, Advice> ADVICE = Map.ofEntries(
            Map.entry(
                    "SERVER_DATASTORE_DOWN",
                    new Advice(
                            "the SPIRE server cannot use its datastore",
                            "repair the datastore, then let the agents come back by themselves (at most 4m 24s);"
                                    + " restarting agents meanwhile destroys caches that still work")),
            Map.entry(
                    "SERVER_UNREACHABLE",
                    new Advice(
                            "the agents do not reach the SPIRE server",
                            "if all nodes are affected look at the server pod and its Service, if one is, at that"
                                    + " node's network and DNS; do not restart agents before the server answers")),
            Map.entry(
                    "REGISTRAR_DOWN",
                    new Advice(
                            "nobody writes registration entries: the controller manager is down",
                            "bring the controller manager's container back, not its whole pod: the SPIRE server lives"
                                    + " in the same one")),
            Map.entry(
                    "REGISTRAR_LAG",
                    new Advice(
                            "the controller manager runs, but is slow to write the entry",
                            "wait, it catches up in bursts; do not create entries by hand and do not restart it:"
                                    + " each restart begins with cold caches")),
            Map.entry(
                    "ENTRY_MISSING",
                    new Advice(
                            "a rule selects the pod, the controller manager is healthy, and there is no entry",
                            "read the status of the ClusterSPIFFEID for render failures and ignored namespaces; do not"
                                    + " create the entry by hand")),
            Map.entry(
                    "ENTRY_NOT_EXPECTED",
                    new Advice(
                            "no rule selects the pod", "if it should have an identity, add a ClusterSPIFFEID for it")),
            Map.entry(
                    "AGENT_SYNC_BACKOFF",
                    new Advice(
                            "the agent failed to synchronise earlier and now waits before it tries again",
                            "wait for its next attempt (never more than 4m 24s away); restarting the agent drops the"
                                    + " identities of every pod on the node to save a few minutes")),
            Map.entry(
                    "AGENT_BANNED",
                    new Advice(
                            "somebody banned the agent of this node",
                            "find out who banned it and why; nothing may be remedied automatically")),
            Map.entry(
                    "AGENT_EVICTED",
                    new Advice(
                            "the agent of this node was evicted",
                            "since SPIRE 1.10 it attests again by itself within two minutes; act only if it has not")),
            Map.entry(
                    "AGENT_NOT_READY",
                    new Advice(
                            "there is no running SPIRE agent on the node",
                            "describe the agent's pod on that node: taints, a blocked init container, a crash loop; do"
                                    + " not reschedule the workload in a loop")),
            Map.entry(
                    "KUBELET_ATTEST_FAIL",
                    new Advice(
                            "the agent cannot ask the kubelet which pod is calling",
                            "check the kubelet's health, certificate and authorisation on that node; do not turn off"
                                    + " the verification of the kubelet")));

    private CauseAdvice() {}

    /** Advice on a cause; for one that this version does not know, advice to follow the evidence. */
    static Advice on(String cause) {
        return ADVICE.getOrDefault(cause, OTHER);
    }

    /**
     * Advice.
     *
     * @param meaning what is broken
     * @param remedy what to do, and what not to
     */
    record Advice(String meaning, String remedy) {}
}
