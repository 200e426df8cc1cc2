package io.svidflow.producer.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Observation.Change;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects recorded from a real API server, whole, say the same when they are trimmed. */
class TrimmedObjectsTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"s01-node-restart-datastore", "selector-image-1122-debug", "socket-stale-1153"})
    void shouldSayTheSameOfATrimmedObject(String scenario) throws IOException {
        TreeMap<KubernetesKind, List<JsonNode>> lines = lines(scenario);

        assertThat(lines).containsKeys(KubernetesKind.PODS, KubernetesKind.NODES, KubernetesKind.RULES);
        assertThat(facts(lines, true)).isEqualTo(facts(lines, false)).isNotEmpty();
        assertThat(layout(lines, true)).isEqualTo(layout(lines, false)).isNotEmpty();
    }

    private static List<Object> facts(TreeMap<KubernetesKind, List<JsonNode>> lines, boolean trimmed) {
        KubernetesFacts facts = new KubernetesFacts(
                new EventHeaders("c", "kubernetes"),
                new RegistrationRules(RegistrationRules.DEFAULT_IGNORED_NAMESPACES));
        List<Object> said = new ArrayList<>();
        lines.forEach((kind, observed) -> {
            for (JsonNode line : observed) {
                if (line.path("object").isObject()
                        && !line.path("type").asText().equals("BOOKMARK")) {
                    said.addAll(facts.of(kind, observation(kind, line, trimmed)));
                }
            }
        });
        return said;
    }

    private static Observation<ObjectNode> observation(KubernetesKind kind, JsonNode line, boolean trimmed) {
        ObjectNode object = line.path("object").deepCopy();
        Origin origin =
                Origin.newBuilder().setKind(OriginKind.API).setLocation("test").build();
        return new Observation<>(
                OffsetDateTime.parse(line.path("observedAt").asText()).toInstant(),
                Change.valueOf(line.path("type").asText()),
                trimmed ? TrimmedObjects.trim(kind, object) : object,
                0,
                origin);
    }

    private static List<Object> layout(TreeMap<KubernetesKind, List<JsonNode>> lines, boolean trimmed)
            throws IOException {
        List<Object> layout = new ArrayList<>();
        for (var kind : lines.keySet()) {
            for (JsonNode line : lines.get(kind)) {
                ObjectNode object = line.path("object").deepCopy();
                ObjectNode seen = trimmed ? TrimmedObjects.trim(kind, object) : object;
                switch (kind) {
                    case PODS -> layout.add(LayoutMapper.pod(JSON.treeToValue(seen, Pod.class)));
                    case DAEMON_SETS -> layout.add(LayoutMapper.controller(JSON.treeToValue(seen, DaemonSet.class)));
                    case STATEFUL_SETS ->
                        layout.add(LayoutMapper.controller(JSON.treeToValue(seen, StatefulSet.class)));
                    case DEPLOYMENTS -> layout.add(LayoutMapper.controller(JSON.treeToValue(seen, Deployment.class)));
                    case DISRUPTION_BUDGETS ->
                        layout.add(LayoutMapper.budget(JSON.treeToValue(seen, PodDisruptionBudget.class)));
                    default -> {
                        // no part of the layout
                    }
                }
            }
        }
        return layout;
    }

    private static TreeMap<KubernetesKind, List<JsonNode>> lines(String scenario) throws IOException {
        TreeMap<KubernetesKind, List<JsonNode>> lines = new TreeMap<>();
        try (InputStream file = Files.newInputStream(Path.of("../scenarios", scenario + ".tar.gz"));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                for (KubernetesKind kind : KubernetesKind.values()) {
                    if (entry.getName().endsWith("raw/" + kind.plural() + ".jsonl")) {
                        for (String line :
                                new String(tar.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).split("\n")) {
                            lines.computeIfAbsent(kind, k -> new ArrayList<>()).add(JSON.readTree(line));
                        }
                    }
                }
            }
        }
        return lines;
    }
}
