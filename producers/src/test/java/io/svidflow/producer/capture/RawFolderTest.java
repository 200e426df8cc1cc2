package io.svidflow.producer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.LayoutReader;
import io.svidflow.producer.bundle.ReadReport;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.kubernetes.KubernetesKind;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.spire.api.Entry;
import io.svidflow.producer.spire.api.GetInfoResponse;
import io.svidflow.producer.spire.api.SPIFFEID;
import io.svidflow.producer.spire.api.Selector;
import io.svidflow.producer.spire.poll.RawAnswers.What;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFolderTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void shouldWriteWhatTheDoctorReads() throws IOException {
        Path raw = folder.resolve("raw");
        try (RawFolder recorder = new RawFolder(folder)) {
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
        assertThat(raw.resolve("poddisruptionbudgets.jsonl"))
                .as("of which there is none")
                .isEmptyFile();
        assertThat(raw.resolve("agents.jsonl")).as("which nobody looked at").doesNotExist();
        assertThat(Files.readString(raw.resolve("nodes.jsonl")))
                .isEqualTo("{\"observedAt\":\"2026-03-01T10:00:00Z\",\"type\":\"ERROR\",\"error\":\"nodes is"
                        + " forbidden\"}\n");
    }

    @Test
    void shouldWriteWhatAReplayReads() throws IOException {
        Source log = new Source(SourceKind.AGENT_LOG, "node-1");
        try (RawFolder recorder = new RawFolder(folder)) {
            recorder.answered(What.ENTRIES, AT, Change.ADDED, Optional.empty(), entry());
            recorder.failed(What.ENTRIES, AT.plusSeconds(5), Optional.empty(), "code = Unavailable desc = gone");
            recorder.answered(
                    What.AGENT_DEBUG,
                    AT,
                    Change.MODIFIED,
                    Optional.of("node-1"),
                    GetInfoResponse.newBuilder()
                            .setUptime(60)
                            .setLastSyncSuccess(AT.getEpochSecond())
                            .build());
            recorder.read(log, "time=\"" + AT + "\" level=error msg=\"Synchronize failed\" error=\"gone\"");
        }
        Files.writeString(
                folder.resolve("incident.yaml"),
                "apiVersion: svidflow/v1\nkind: Incident\nid: x\ncluster: lab\nstart: " + AT + "\nend: "
                        + AT.plusSeconds(60) + "\n");

        ReadReport report = new BundleReader().read(folder).report();

        assertThat(report.factsBySource())
                .containsEntry("spire-server", 2L)
                .containsEntry("agent-debug/node-1", 1L)
                .containsEntry("agent-log/node-1", 1L);
        assertThat(report.deadLettered().count()).isZero();
    }

    private static Entry entry() {
        return Entry.newBuilder()
                .setId("e-1")
                .setSpiffeId(id("/cart"))
                .setParentId(id("/spire/agent/k8s_psat/lab/uid-1"))
                .addSelectors(Selector.newBuilder().setType("k8s").setValue("pod-uid:p-1"))
                .setCreatedAt(AT.getEpochSecond())
                .build();
    }

    private static SPIFFEID id(String path) {
        return SPIFFEID.newBuilder().setTrustDomain("example.org").setPath(path).build();
    }

    @Test
    void shouldSayThatItCouldNotWriteAndHoldUpNothing() throws IOException {
        try (RawFolder recorder = new RawFolder(Files.createFile(folder.resolve("file")))) {
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
