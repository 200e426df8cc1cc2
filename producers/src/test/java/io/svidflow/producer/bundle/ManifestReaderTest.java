package io.svidflow.producer.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.producer.coverage.Gap;
import io.svidflow.producer.coverage.SourceKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {

    @Test
    void shouldReadWhatABundleSaysAboutItself() {
        IncidentManifest manifest = ManifestReader.read(SmallBundle.MANIFEST);

        assertThat(manifest.id()).isEqualTo("small");
        assertThat(manifest.trustDomain()).contains("lab.example");
        assertThat(manifest.start()).isEqualTo(SmallBundle.START);
        assertThat(manifest.settings()).containsEntry("sync_interval", "5s");
        assertThat(manifest.sources().orElseThrow().get(SourceKind.AGENT_LOG).members())
                .contains(List.of("node-1", "node-2"));
    }

    @Test
    void shouldReadGapsByNode() {
        String gaps = SmallBundle.MANIFEST.replace("agent-log: {nodes: [node-1, node-2]}", """
                agent-log:
                    gaps:
                      - {node: node-2, from: 2025-02-06T00:20:02Z, to: 2025-02-06T01:20:04+01:00}
                """);

        assertThat(ManifestReader.read(gaps)
                        .sources()
                        .orElseThrow()
                        .get(SourceKind.AGENT_LOG)
                        .gaps())
                .containsEntry(
                        "node-2",
                        List.of(new Gap(Instant.parse("2025-02-06T00:20:02Z"), Instant.parse("2025-02-06T00:20:04Z"))));
    }

    @Test
    void shouldSkipSourcesOfAnotherVersion() {
        assertThat(ManifestReader.read(SmallBundle.MANIFEST.replace("kubernetes: {}", "metrics: {}"))
                        .sources()
                        .orElseThrow())
                .doesNotContainKey(SourceKind.KUBERNETES)
                .containsKey(SourceKind.SPIRE_SERVER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: small                    | ''                            | has no id",
                "cluster: lab                 | ''                            | has no cluster",
                "start: 2025-02-06T00:20:00Z  | start: soon                   | incident.yaml:7: start \"soon\" is not a time",
                "end: 2025-02-06T00:20:10Z    | end: 2025-02-05T00:20:10Z     | incident.yaml:8: end 2025-02-05T00:20:10Z lies before",
                "apiVersion: svidflow/v1      | apiVersion: svidflow/v9       | incident.yaml:1: apiVersion is \"svidflow/v9\"",
                "kind: Incident               | kind: Pod                     | incident.yaml:2: kind is \"Pod\"",
                "cluster: lab                 | cluster: [lab]                | incident.yaml:5: cluster is not a plain value",
                "cluster: lab                 | 'cluster: \"lab'              | is not YAML",
                "nodes: [node-1, node-2]      | nodes: node-1                 | agent-log does not list names",
                "agent-log: {nodes: [node-1, node-2]} | agent-log: {gaps: [{from: x}]} | has from \"x\", which is not a time"
            })
    void shouldNameTheLineAndTheRemedy(String right, String wrong, String message) {
        assertThatThrownBy(() -> ManifestReader.read(SmallBundle.MANIFEST.replace(right, wrong)))
                .isInstanceOf(BundleProblem.class)
                .hasMessageContaining(message)
                .hasMessageContaining("incident.yaml")
                .hasMessageContaining("; ");
    }

    @Test
    void shouldRefuseWhatIsNoMap() {
        assertThatThrownBy(() -> ManifestReader.read("- a\n- b\n")).hasMessageContaining("is not a map of keys");
        assertThatThrownBy(() -> ManifestReader.read("")).hasMessageContaining("is not a map of keys");
    }
}
