package io.svidflow.producer.bundle;

import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.kubernetes.KubernetesKind;
import java.util.Optional;

/** The files of a bundle that hold one observed object a line; in the order in which lines of equal time are taken. */
enum ObjectFile {
    NAMESPACES(KubernetesKind.NAMESPACES),
    RULES(KubernetesKind.RULES),
    NODES(KubernetesKind.NODES),
    PODS(KubernetesKind.PODS),
    EVENTS(KubernetesKind.EVENTS),
    AGENTS("raw/agents.jsonl", SourceKind.SPIRE_SERVER, "ListAgents"),
    ENTRIES("raw/entries.jsonl", SourceKind.SPIRE_SERVER, "ListEntries"),
    AGENT_DEBUG("raw/agent-debug.jsonl", SourceKind.AGENT_DEBUG, "GetInfo");

    private final String path;
    private final SourceKind kind;
    private final String operation;
    private final KubernetesKind objects;

    ObjectFile(KubernetesKind objects) {
        this.path = "raw/" + objects.plural() + ".jsonl";
        this.kind = SourceKind.KUBERNETES;
        this.operation = objects.operation();
        this.objects = objects;
    }

    ObjectFile(String path, SourceKind kind, String operation) {
        this.path = path;
        this.kind = kind;
        this.operation = operation;
        this.objects = null;
    }

    String path() {
        return path;
    }

    /** The kind of source whose observations these are. */
    SourceKind kind() {
        return kind;
    }

    /** The kind of Kubernetes objects that the lines hold, empty for those of SPIRE. */
    Optional<KubernetesKind> objects() {
        return Optional.ofNullable(objects);
    }

    /** What failed when a line says ERROR. */
    String operation() {
        return operation;
    }
}
