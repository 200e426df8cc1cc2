package io.svidflow.producer.bundle;

import io.svidflow.producer.coverage.SourceKind;
import java.util.Arrays;
import java.util.Optional;

/** A part of what a bundle may hold, which can be left out as if it had never been collected. */
public enum BundlePart {
    /** What the Kubernetes API says: nodes, pods, namespaces, registration rules. */
    KUBERNETES(SourceKind.KUBERNETES),
    /** What the SPIRE server's API says: entries and agents. */
    SPIRE_SERVER(SourceKind.SPIRE_SERVER),
    /** The agents that the SPIRE server lists; its entries stay. */
    AGENTS("agents"),
    /** What the agents' debug API says. */
    AGENT_DEBUG(SourceKind.AGENT_DEBUG),
    /** The agents' logs. */
    AGENT_LOG(SourceKind.AGENT_LOG),
    /** The servers' logs, the audit log in them included. */
    SERVER_LOG(SourceKind.SERVER_LOG),
    /** The logs of spire-controller-manager. */
    CONTROLLER_MANAGER_LOG(SourceKind.CONTROLLER_MANAGER_LOG),
    /** The lines that the servers write with {@code audit_log_enabled = true}. */
    AUDIT("audit"),
    /** The lines that agents and servers write with {@code log_level = "DEBUG"}. */
    DEBUG("debug"),
    /** The lines that agents do not write with {@code log_level = "ERROR"}: their log is there and tells next to nothing. */
    AGENT_INFO("agent-info");

    private final String label;
    private final Optional<SourceKind> kind;

    BundlePart(SourceKind kind) {
        this.label = kind.label();
        this.kind = Optional.of(kind);
    }

    BundlePart(String label) {
        this.label = label;
        this.kind = Optional.empty();
    }

    /** The part of that name, as {@code --without} takes it. */
    public static Optional<BundlePart> of(String label) {
        return Arrays.stream(values()).filter(part -> part.label.equals(label)).findFirst();
    }

    /** Its name, e.g. {@code agent-log}. */
    public String label() {
        return label;
    }

    /** The source that it is the whole of; empty for a part of one. */
    public Optional<SourceKind> kind() {
        return kind;
    }
}
