package io.svidflow.producer.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Selectors of a workload or of a registration entry, in one form whatever form they were logged in.
 *
 * @param values {@code type:value}, sorted, each once
 */
public record Selectors(List<String> values) {

    private static final String POD_UID = "k8s:pod-uid:";
    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

    public Selectors {
        values = values.stream().distinct().sorted().toList();
    }

    /**
     * Reads selectors as SPIRE and spire-controller-manager log them: Go text
     * {@code [type:"k8s" value:"ns:x" …]}, a JSON list of type and value or of texts, or {@code k8s:ns:x,k8s:sa:y} with
     * or without brackets.
     *
     * @param text value of a {@code selectors} field
     * @return the selectors; what cannot be read is left out
     */
    public static Selectors parse(String text) {
        if (text.contains("value:\"")) {
            return new Selectors(goText(text));
        }
        JsonNode json = text.startsWith("[") ? JsonFields.tree(text) : null;
        if (json != null && json.isArray()) {
            return new Selectors(jsonList(json));
        }
        return new Selectors(commaList(text));
    }

    /** UID of the pod that the selectors name; empty if they name none. */
    public Optional<String> podUid() {
        return values.stream()
                .filter(value -> value.startsWith(POD_UID) && value.length() > POD_UID.length())
                .map(value -> value.substring(POD_UID.length()))
                .findFirst();
    }

    private static List<String> goText(String text) {
        List<String> found = new ArrayList<>();
        int type = text.indexOf("type:\"");
        while (type >= 0) {
            GoQuoted name = GoQuoted.at(text, type + "type:".length());
            int value = text.indexOf("value:\"", name.end());
            if (value < 0) {
                return found;
            }
            GoQuoted quoted = GoQuoted.at(text, value + "value:".length());
            if (quoted.closed()) {
                found.add(name.value() + ":" + quoted.value());
            }
            type = text.indexOf("type:\"", quoted.end());
        }
        return found;
    }

    private static List<String> jsonList(JsonNode list) {
        List<String> found = new ArrayList<>();
        for (JsonNode selector : list) {
            if (selector.isTextual()) {
                found.add(selector.textValue());
            } else if (selector.hasNonNull("type") && selector.hasNonNull("value")) {
                found.add(selector.get("type").asText() + ":"
                        + selector.get("value").asText());
            }
        }
        return found;
    }

    private static List<String> commaList(String text) {
        List<String> found = new ArrayList<>();
        for (String selector : SEPARATOR.split(text.replaceAll("^\\[|]$", ""))) {
            if (selector.indexOf(':') > 0) {
                found.add(selector);
            }
        }
        return found;
    }
}
