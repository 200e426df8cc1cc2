package io.svidflow.producer.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.svidflow.producer.coverage.Gap;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.coverage.SourceKind.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes {@code incident.yaml} as {@link ManifestReader} reads it. */
public final class ManifestWriter {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private ManifestWriter() {}

    /** The text of the file. */
    public static String write(IncidentManifest manifest) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("apiVersion", ManifestReader.API_VERSION);
        root.put("kind", ManifestReader.KIND);
        root.put("id", manifest.id());
        root.put("title", manifest.title());
        root.put("cluster", manifest.cluster());
        manifest.trustDomain().ifPresent(domain -> root.put("trustDomain", domain));
        root.put("start", manifest.start().toString());
        root.put("end", manifest.end().toString());
        manifest.spireVersion().ifPresent(version -> root.put("spireVersion", version));
        if (!manifest.settings().isEmpty()) {
            root.put("settings", manifest.settings());
        }
        manifest.sources().ifPresent(sources -> root.put("sources", sources(sources)));
        try {
            return YAML.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest is plain values", e);
        }
    }

    private static Map<String, Object> sources(Map<SourceKind, DeclaredSource> sources) {
        Map<String, Object> written = new TreeMap<>();
        sources.forEach((kind, source) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            source.members().ifPresent(members -> one.put(kind.members() == Members.NODES ? "nodes" : "pods", members));
            List<Map<String, String>> gaps = new ArrayList<>();
            new TreeMap<>(source.gaps())
                    .forEach((member, list) -> list.forEach(gap -> gaps.add(gap(kind, member, gap))));
            if (!gaps.isEmpty()) {
                one.put("gaps", gaps);
            }
            written.put(kind.label(), one);
        });
        return written;
    }

    private static Map<String, String> gap(SourceKind kind, String member, Gap gap) {
        Map<String, String> written = new LinkedHashMap<>();
        if (!member.isEmpty()) {
            written.put(kind.members() == Members.NODES ? "node" : "pod", member);
        }
        written.put("from", gap.from().toString());
        written.put("to", gap.to().toString());
        return written;
    }
}
