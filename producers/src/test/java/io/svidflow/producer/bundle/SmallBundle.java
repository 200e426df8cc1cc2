package io.svidflow.producer.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A bundle of one node, one pod, one entry and one agent, in a folder that a test may spoil. */
final class SmallBundle {

    static final Instant START = Instant.parse("2025-02-06T00:20:00Z");

    static final String MANIFEST = """
            apiVersion: svidflow/v1
            kind: Incident
            id: small
            title: One of everything
            cluster: lab
            trustDomain: lab.example
            start: 2025-02-06T00:20:00Z
            end: 2025-02-06T00:20:10Z
            spireVersion: 1.11.0
            settings: {sync_interval: 5s}
            sources:
              kubernetes: {}
              spire-server: {}
              agent-debug: {nodes: [node-1]}
              agent-log: {nodes: [node-1, node-2]}
            """;

    static final String NODE = """
            {"observedAt": "2025-02-06T00:20:01Z", "type": "ADDED", "object": {"kind": "Node", "apiVersion": "v1", \
            "metadata": {"name": "node-1", "uid": "node-uid-1", "resourceVersion": "7"}}}
            """;

    static final String POD = """
            {"observedAt": "2025-02-06T00:20:02Z", "type": "ADDED", "object": {"kind": "Pod", "apiVersion": "v1", \
            "metadata": {"name": "cart-1", "namespace": "shop", "uid": "pod-uid-1", "labels": {"app": "cart"}}, \
            "spec": {"nodeName": "node-1", "containers": [{"name": "app", "image": "cart:1"}]}, \
            "status": {"phase": "Running"}}}
            """;

    static final String RULE = """
            {"observedAt": "2025-02-06T00:20:01Z", "type": "ADDED", "object": {"kind": "ClusterSPIFFEID", \
            "apiVersion": "spire.spiffe.io/v1alpha1", "metadata": {"name": "all", "generation": 1}, "spec": {}}}
            """;

    static final String ENTRY = """
            {"observedAt": "2025-02-06T00:20:03Z", "type": "ADDED", "object": {"id": "e-1", \
            "spiffeId": {"trustDomain": "lab.example", "path": "/ns/shop/sa/cart"}, \
            "parentId": {"trustDomain": "lab.example", "path": "/spire/agent/k8s_psat/lab/node-uid-1"}, \
            "selectors": [{"type": "k8s", "value": "pod-uid:pod-uid-1"}], "createdAt": "1738801202"}}
            """;

    static final String STATUS = """
            {"observedAt": "2025-02-06T00:20:04Z", "node": "node-1", "object": {"uptime": 9}}
            """;

    private SmallBundle() {}

    static Path in(Path folder) {
        write(folder, "incident.yaml", MANIFEST);
        write(folder, "raw/nodes.jsonl", NODE);
        write(folder, "raw/pods.jsonl", POD);
        write(folder, "raw/clusterspiffeids.jsonl", RULE);
        write(folder, "raw/entries.jsonl", ENTRY);
        write(folder, "raw/agent-debug.jsonl", STATUS);
        return folder;
    }

    static void write(Path folder, String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
