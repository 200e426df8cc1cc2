package io.svidflow.identity;

/** A node's record while some of its components are being replaced. */
final class NodeDraft {

    private final String cluster;
    private final String name;
    KubernetesNode kubernetes;
    AgentPod agentPod;
    AgentIdentity agent;
    SyncHistory sync;
    AttestorHistory attestor;
    AgentProcess process;
    NodeClock clock;
    int revision;
    FailedCallers lookups;
    FailedCallers timeouts;
    SigningHistory signing;
    AgentPod csiDriver;
    NamedRequests named;
    ServerContact contact;
    LogVoice voice;

    NodeDraft(NodeRecord node) {
        cluster = node.cluster();
        name = node.name();
        kubernetes = node.kubernetes();
        agentPod = node.agentPod();
        agent = node.agent();
        sync = node.sync();
        attestor = node.attestor();
        process = node.process();
        clock = node.clock();
        revision = node.revision();
        lookups = node.lookups();
        timeouts = node.timeouts();
        signing = node.signing();
        csiDriver = node.csiDriver();
        named = node.named();
        contact = node.contact();
        voice = node.voice();
    }

    NodeRecord done() {
        return new NodeRecord(
                cluster,
                name,
                kubernetes,
                agentPod,
                agent,
                sync,
                attestor,
                process,
                clock,
                revision,
                lookups,
                timeouts,
                signing,
                csiDriver,
                named,
                contact,
                voice);
    }
}
