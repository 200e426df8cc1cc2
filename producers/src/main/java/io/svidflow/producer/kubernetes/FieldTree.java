package io.svidflow.producer.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which fields of an object are kept. The elements of a list are trimmed like a field that is no list. */
final class FieldTree {

    private static final String EVERYTHING = "*";
    /** Names of annotations have dots and slashes in them: what follows is one name. */
    private static final String ANNOTATIONS = "metadata.annotations.";

    private final Map<String, FieldTree> fields = new HashMap<>();
    private boolean whole;

    /**
     * Keeps some fields.
     *
     * @param prefix of each path, empty or ending in a dot
     * @param paths names with dots between them; {@code *} at the end keeps all that is below
     */
    FieldTree with(String prefix, List<String> paths) {
        for (String path : paths) {
            FieldTree tree = this;
            for (String name : names(prefix + path)) {
                if (name.equals(EVERYTHING)) {
                    tree.whole = true;
                } else {
                    tree = tree.fields.computeIfAbsent(name, field -> new FieldTree());
                }
            }
        }
        return this;
    }

    /** Removes the fields that are not kept. */
    void trim(JsonNode node) {
        if (whole || fields.isEmpty()) {
            return;
        }
        if (node.isArray()) {
            node.forEach(this::trim);
        } else if (node instanceof ObjectNode object) {
            object.retain(fields.keySet());
            fields.forEach((name, tree) -> {
                JsonNode child = object.get(name);
                if (child != null) {
                    tree.trim(child);
                }
            });
        }
    }

    private static List<String> names(String path) {
        return path.startsWith(ANNOTATIONS)
                ? List.of("metadata", "annotations", path.substring(ANNOTATIONS.length()))
                : List.of(path.split("\\."));
    }
}
