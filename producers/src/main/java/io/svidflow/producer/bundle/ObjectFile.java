package io.svidflow.producer.bundle;

import io.svidflow.producer.coverage.SourceKind;

/** The files of a bundle that hold one observed object a line; in the order in which lines of equal time are taken. */
enum ObjectFile {
    NAMESPACES("raw/namespaces.jsonl", SourceKind.KUBERNETES, "Watch namespaces"),
    RULES("raw/clusterspiffeids.jsonl", SourceKind.KUBERNETES, "Watch clusterspiffeids"),
    NODES("raw/nodes.jsonl", SourceKind.KUBERNETES, "Watch nodes"),
    PODS("raw/pods.jsonl", SourceKind.KUBERNETES, "Watch pods"),
    EVENTS("raw/events.jsonl", SourceKind.KUBERNETES, "Watch events"),
    AGENTS("raw/agents.jsonl", SourceKind.SPIRE_SERVER, "ListAgents"),
    ENTRIES("raw/entries.jsonl", SourceKind.SPIRE_SERVER, "ListEntries"),
    AGENT_DEBUG("raw/agent-debug.jsonl", SourceKind.AGENT_DEBUG, "GetInfo");

    private final String path;
    private final SourceKind kind;
    private final String operation;

    ObjectFile(String path, SourceKind kind, String operation) {
        this.path = path;
        this.kind = kind;
        this.operation = operation;
    }

    String path() {
        return path;
    }

    /** The kind of source whose observations these are. */
    SourceKind kind() {
        return kind;
    }

    /** What failed when a line says ERROR. */
    String operation() {
        return operation;
    }
}
