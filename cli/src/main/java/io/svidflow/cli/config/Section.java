package io.svidflow.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A part of the configuration that is being read: the whole, or one block of a list. Whatever is wrong is noted and
 * reading goes on, so that everything is told at once.
 */
public final class Section {

    private final JsonNode tree;
    private final String place;
    private final String prefix;
    private final Map<String, String> environment;
    private final Problems problems;

    private record Said(String place, String text) {}

    /**
     * @param place where it stands, for messages, e.g. {@code sources.log-files.files[2].}
     * @param prefix what its keys begin with, e.g. {@code sources.log-files.files[].}
     */
    Section(JsonNode tree, String place, String prefix, Map<String, String> environment, Problems problems) {
        this.tree = tree;
        this.place = place;
        this.prefix = prefix;
        this.environment = environment;
        this.problems = problems;
    }

    /** What is said under the key, or its fallback; empty if there is neither, or if it is wrong, which is noted. */
    public <T> Optional<T> find(Key<T> key) {
        Optional<Said> said = said(key);
        if (said.isEmpty()) {
            if (key.required()) {
                problems.add(
                        place + name(key),
                        "is not set",
                        "set it there" + byVariable(key) + ", e.g. to " + key.example());
            }
            return key.fallback().map(key.form().reading());
        }
        try {
            return Optional.of(key.form().reading().apply(said.get().text()));
        } catch (RuntimeException e) {
            problems.add(
                    said.get().place(),
                    "is \"" + said.get().text() + "\"",
                    key.form().remedy() + ", e.g. " + key.example());
            return Optional.empty();
        }
    }

    /**
     * The same for a key that is required or has a fallback. What is returned where it is wrong stands in until all is
     * read, and is never used.
     */
    public <T> T get(Key<T> key, T standIn) {
        return find(key).orElse(standIn);
    }

    /** The blocks of a list, e.g. of {@code sources.log-files.files}. */
    public List<Section> blocks(String path) {
        JsonNode list = node(path);
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray() || !StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isObject)) {
            problems.add(place + path, "is no list of blocks", "write each block after a dash, see svidflow config");
            return List.of();
        }
        List<Section> blocks = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            blocks.add(new Section(
                    list.get(i), place + path + "[" + i + "].", prefix + path + "[].", environment, problems));
        }
        return blocks;
    }

    /** Notes something that is wrong with what several keys say together. */
    public void problem(Key<?> key, String problem, String remedy) {
        problems.add(place + name(key), problem, remedy);
    }

    private Optional<Said> said(Key<?> key) {
        for (String variable : key.variables()) {
            String value = environment.get(variable);
            if (value != null && !value.isBlank()) {
                return Optional.of(new Said(variable, value));
            }
        }
        JsonNode node = node(name(key));
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        return Optional.of(new Said(place + name(key), text(node)));
    }

    /** Path within this part. */
    private String name(Key<?> key) {
        return key.path().substring(prefix.length());
    }

    private JsonNode node(String path) {
        return node(tree, path);
    }

    /** Kafka's own names have dots in them, and may be written as one name or in steps. */
    private static JsonNode node(JsonNode from, String path) {
        if (from.has(path)) {
            return from.get(path);
        }
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            JsonNode step = from.path(path.substring(0, dot));
            JsonNode found = step.isMissingNode() ? step : node(step, path.substring(dot + 1));
            if (!found.isMissingNode()) {
                return found;
            }
        }
        return MissingNode.getInstance();
    }

    private static String text(JsonNode node) {
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(","));
        }
        return node.isValueNode() ? node.asText() : node.toString();
    }

    private static String byVariable(Key<?> key) {
        return key.variables().isEmpty() ? "" : " or by " + key.variables().get(0);
    }
}
