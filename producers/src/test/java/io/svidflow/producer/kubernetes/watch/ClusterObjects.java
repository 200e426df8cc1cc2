package io.svidflow.producer.kubernetes.watch;

/** Objects as the API serves them, with things in them that must not be kept. */
final class ClusterObjects {

    private ClusterObjects() {}

    static String namespace(String name) {
        return """
                {"metadata": {"name": "%1$s", "uid": "ns-%1$s", "labels": {"kubernetes.io/metadata.name": "%1$s"}}}""".formatted(name);
    }

    static String rule(String name, String app) {
        return """
                {"metadata": {"name": "%1$s", "uid": "rule-%1$s", "generation": 1},
                 "spec": {"podSelector": {"matchLabels": {"app": "%2$s"}},
                          "spiffeIDTemplate": "spiffe://td/{{ .PodMeta.Name }}"}}""".formatted(name, app);
    }

    static String node(String name, String bootId) {
        return """
                {"metadata": {"name": "%1$s", "uid": "node-%1$s", "annotations": {"volumes": "secret-handle"}},
                 "status": {"conditions": [{"type": "Ready", "status": "True"}], "nodeInfo": {"bootID": "%2$s"},
                            "images": [{"names": ["registry.example/a"]}]}}""".formatted(name, bootId);
    }

    static String pod(String namespace, String name, String node, String app) {
        return """
                {"metadata": {"namespace": "%1$s", "name": "%2$s", "uid": "pod-%2$s", "labels": {"app": "%4$s"},
                              "annotations": {"vault/token": "hvs.secret"}, "managedFields": [{"manager": "kubectl"}]},
                 "spec": {"nodeName": "%3$s", "containers": [{"name": "app", "image": "registry.example/app:1",
                              "args": ["--password=secret"], "env": [{"name": "TOKEN", "value": "secret"}]}]},
                 "status": {"phase": "Running", "containerStatuses": [{"name": "app", "restartCount": 0, "ready": true,
                              "state": {"running": {"startedAt": "2026-11-23T05:46:00Z"}}}]}}""".formatted(namespace, name, node, app);
    }

    static String failedMount(String namespace, String pod, String at) {
        return """
                {"metadata": {"namespace": "%1$s", "name": "%2$s.1", "uid": "event-%2$s"}, "reason": "FailedMount",
                 "involvedObject": {"kind": "Pod", "namespace": "%1$s", "name": "%2$s", "uid": "pod-%2$s"},
                 "message": "MountVolume.SetUp failed: driver csi.spiffe.io not found", "lastTimestamp": "%3$s"}""".formatted(namespace, pod, at);
    }
}
