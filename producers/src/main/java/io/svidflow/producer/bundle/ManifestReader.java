package io.svidflow.producer.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.svidflow.producer.coverage.SourceKind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code incident.yaml} and says clearly what is missing or wrong in it. */
final class ManifestReader {

    static final String FILE = "incident.yaml";
    static final String API_VERSION = "svidflow/v1";
    static final String KIND = "Incident";
    private static final YAMLMapper YAML = new YAMLMapper();

    private final String text;
    private final JsonNode root;

    private ManifestReader(String text, JsonNode root) {
        this.text = text;
        this.root = root;
    }

    static IncidentManifest read(String text) {
        try {
            JsonNode root = YAML.readTree(text);
            if (root == null || !root.isObject()) {
                throw BundleProblem.in(FILE, "is not a map of keys", "see docs for the keys of an incident");
            }
            return new ManifestReader(text, root).manifest();
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw BundleProblem.at(FILE, line, "is not YAML: " + e.getOriginalMessage(), "correct the line");
        }
    }

    private IncidentManifest manifest() {
        expect("apiVersion", API_VERSION);
        expect("kind", KIND);
        String id = required("id");
        String cluster = required("cluster");
        Instant start = time("start");
        Instant end = time("end");
        if (end.isBefore(start)) {
            throw wrong("end", "end " + end + " lies before start " + start, "exchange or correct them");
        }
        return new IncidentManifest(
                id,
                optional("title").orElse(""),
                cluster,
                optional("trustDomain"),
                start,
                end,
                optional("spireVersion"),
                settings(),
                sources());
    }

    private void expect(String key, String value) {
        String found = required(key);
        if (!found.equals(value)) {
            throw wrong(key, key + " is \"" + found + "\"", "this version reads " + key + ": " + value);
        }
    }

    private String required(String key) {
        return optional(key)
                .orElseThrow(() -> BundleProblem.in(FILE, "has no " + key, "add a line \"" + key + ": ...\""));
    }

    private Optional<String> optional(String key) {
        JsonNode value = root.get(key);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isValueNode()) {
            throw wrong(key, key + " is not a plain value", "write it as \"" + key + ": value\"");
        }
        return Optional.of(value.asText()).filter(it -> !it.isBlank());
    }

    private Instant time(String key) {
        String value = required(key);
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            throw wrong(key, key + " \"" + value + "\" is not a time", "write it as 2025-02-06T00:20:55Z");
        }
    }

    private Map<String, Object> settings() {
        JsonNode settings = root.get("settings");
        if (settings == null || settings.isNull()) {
            return Map.of();
        }
        if (!settings.isObject()) {
            throw wrong("settings", "settings is not a map of keys", "write one \"name: value\" a line below it");
        }
        return YAML.convertValue(settings, new TypeReference<Map<String, Object>>() {});
    }

    private Optional<Map<SourceKind, DeclaredSource>> sources() {
        JsonNode sources = root.get("sources");
        if (sources == null || sources.isNull()) {
            return Optional.empty();
        }
        if (!sources.isObject()) {
            throw wrong("sources", "sources is not a map of keys", "write e.g. \"kubernetes: {}\" below it");
        }
        Map<SourceKind, DeclaredSource> declared = new EnumMap<>(SourceKind.class);
        for (Map.Entry<String, JsonNode> source : sources.properties()) {
            // a kind that this version does not know was collected for somebody else
            SourceKind.of(source.getKey()).ifPresent(kind -> declared.put(kind, source(kind, source.getValue())));
        }
        return Optional.of(declared);
    }

    private DeclaredSource source(SourceKind kind, JsonNode value) {
        try {
            return SourceDeclarations.read(kind, value);
        } catch (IllegalArgumentException e) {
            throw wrong(
                    kind.label(),
                    e.getMessage(),
                    "write e.g. \"" + kind.label() + ": {nodes: [a], gaps: [{node: a, from: ..., to: ...}]}\"");
        }
    }

    private BundleProblem wrong(String key, String what, String remedy) {
        return BundleProblem.at(FILE, lineOf(key), what, remedy);
    }

    /** The parser keeps no positions of values; keys stand at the beginning of a line. */
    private long lineOf(String key) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(key + ":")) {
                return i + 1L;
            }
        }
        return 0;
    }
}
