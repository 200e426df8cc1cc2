package io.svidflow.producer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.bundle.LayoutReader;
import io.svidflow.producer.kubernetes.KubernetesKind;
import io.svidflow.producer.layout.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFolderTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void shouldWriteWhatTheDoctorReads() throws IOException {
        Path raw = Files.createDirectories(folder.resolve("raw"));
        try (RawFolder recorder = new RawFolder(raw)) {
            recorder.observed(KubernetesKind.DAEMON_SETS, AT, Change.ADDED, agents("old"));
            recorder.observed(KubernetesKind.DAEMON_SETS, AT.plusSeconds(1), Change.DELETED, agents("old"));
            recorder.observed(KubernetesKind.DAEMON_SETS, AT.plusSeconds(2), Change.ADDED, agents("spire-agent"));
            recorder.failed(KubernetesKind.NODES, AT, "nodes is forbidden");
            assertThat(recorder.whole()).isTrue();
        }
        Files.writeString(
                folder.resolve("incident.yaml"),
                "apiVersion: svidflow/v1\nkind: Incident\nid: x\ncluster: lab\nstart: " + AT + "\nend: "
                        + AT.plusSeconds(60) + "\n");

        Layout layout = new LayoutReader().read(folder);

        assertThat(layout.kubernetes().controllers())
                .singleElement()
                .satisfies(controller -> assertThat(controller.toString()).contains("spire-agent"));
        assertThat(Files.readString(raw.resolve("nodes.jsonl")))
                .isEqualTo("{\"observedAt\":\"2026-03-01T10:00:00Z\",\"type\":\"ERROR\",\"error\":\"nodes is"
                        + " forbidden\"}\n");
    }

    @Test
    void shouldSayThatItCouldNotWriteAndHoldUpNothing() throws IOException {
        try (RawFolder recorder = new RawFolder(folder.resolve("missing"))) {
            recorder.observed(KubernetesKind.DAEMON_SETS, AT, Change.ADDED, agents("a"));
            recorder.observed(KubernetesKind.DAEMON_SETS, AT, Change.ADDED, agents("b"));

            assertThat(recorder.whole()).isFalse();
        }
    }

    private static ObjectNode agents(String name) throws IOException {
        return (ObjectNode) new ObjectMapper()
                .readTree("{\"metadata\":{\"name\":\"" + name
                        + "\",\"namespace\":\"spire\",\"uid\":\"" + name
                        + "\"},\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"spire-agent\"}]}}}}");
    }
}
