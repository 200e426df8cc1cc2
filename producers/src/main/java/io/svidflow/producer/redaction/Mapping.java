package io.svidflow.producer.redaction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who is behind the pseudonyms.
 *
 * @param key the key that they were made with
 * @param names pseudonym to name
 */
public record Mapping(RedactionKey key, SortedMap<String, String> names) {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    public Mapping {
        names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
    }

    /** As a file, for people and for the next capture. */
    public String text() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("key", key.text());
        root.put("names", names);
        try {
            return "# Who is behind the pseudonyms of a redacted capture. Keep this file; never send it along.\n"
                    + YAML.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a mapping is plain text", e);
        }
    }

    /**
     * The mapping that a file holds.
     *
     * @throws IllegalArgumentException if it holds none; the message says what is wrong
     */
    public static Mapping parse(String text) {
        try {
            JsonNode root = YAML.readTree(text);
            SortedMap<String, String> names = new TreeMap<>();
            root.path("names")
                    .properties()
                    .forEach(name -> names.put(name.getKey(), name.getValue().asText()));
            return new Mapping(RedactionKey.parse(root.path("key").asText()), names);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalArgumentException("it holds no key of an earlier capture", e);
        }
    }

    /** With the names of an earlier one of the same key. */
    public Mapping with(Mapping earlier) {
        SortedMap<String, String> all = new TreeMap<>(earlier.names);
        all.putAll(names);
        return new Mapping(key, all);
    }
}
