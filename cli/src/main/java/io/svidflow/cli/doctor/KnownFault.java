package io.svidflow.cli.doctor;

import io.svidflow.diagnosis.AgentChange;
import io.svidflow.diagnosis.SpireVersion;
import java.util.List;

/**
 * What SPIRE versions are known for.
 *
 * @param severity how much it costs
 * @param from first version concerned
 * @param before first version that is mended; null: none is
 * @param component whose version counts
 * @param effect what an operator will see
 * @param remedy version or setting that helps
 */
record KnownFault(
        Severity severity, SpireVersion from, SpireVersion before, String component, String effect, String remedy) {

    /** Read in SPIRE's source, tag by tag: pkg/agent/agent.go, pkg/agent/manager, pkg/agent/plugin/workloadattestor/k8s. */
    static final List<KnownFault> ALL = List.of(
            agent(
                    Severity.RISK,
                    "0.0.0",
                    AgentChange.RETRY_AT_START_ON_REQUEST.since(),
                    "an agent that starts while the server is away exits at its first failure, and kubelet's crash"
                            + " back-off (up to 5 min) comes on top of the outage",
                    "upgrade to 1.13 or later, which tries again by default"),
            agent(
                    Severity.RISK,
                    AgentChange.RETRY_AT_START_ON_REQUEST.since().toString(),
                    AgentChange.RETRY_AT_START_BY_DEFAULT.since(),
                    "an agent that starts while the server is away exits at its first failure, unless retry_bootstrap"
                            + " is set",
                    "set retry_bootstrap = true, or upgrade to 1.13 or later"),
            agent(
                    Severity.RISK,
                    "0.0.0",
                    AgentChange.REATTEST_IN_PROCESS.since(),
                    "an evicted agent stops instead of attesting again in the same process: its socket goes away",
                    "upgrade to 1.10 or later"),
            agent(
                    Severity.NUMBER,
                    "1.8.7",
                    SpireVersion.of("1.12.0").orElseThrow(),
                    "with use_sync_authorized_entries an entry that was deleted and created again under the same id"
                            + " can be missed (spiffe/spire#5686)",
                    "upgrade to 1.12 or later, or leave use_sync_authorized_entries off"),
            agent(
                    Severity.BLIND,
                    "1.13.0",
                    SpireVersion.of("1.15.2").orElseThrow(),
                    "\"Trust Bundle and Server don't agree\" is printed without time and level: log pipelines lose it",
                    "upgrade to 1.15.2 or later"),
            agent(
                    Severity.NUMBER,
                    "0.0.0",
                    SpireVersion.of("1.15.3").orElseThrow(),
                    "a kubelet that fails once fails the workload's request: it is not asked again",
                    "upgrade to 1.15.3, which polls for 30 s"),
            agent(
                    Severity.RISK,
                    "1.15.2",
                    null,
                    "while the kubelet refuses the k8s attestor the agent's own liveness check fails, and kubelet may"
                            + " restart an agent that was serving from its cache",
                    "leave the agent's livenessProbe generous; repair the kubelet, not the agent"));

    private static KnownFault agent(Severity severity, String from, SpireVersion before, String effect, String remedy) {
        return new KnownFault(severity, SpireVersion.of(from).orElseThrow(), before, "agent", effect, remedy);
    }

    boolean concerns(SpireVersion version) {
        return version.compareTo(from) >= 0 && (before == null || version.compareTo(before) < 0);
    }
}
