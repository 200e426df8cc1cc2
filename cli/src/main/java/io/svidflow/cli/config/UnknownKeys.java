package io.svidflow.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what stands in a file under names that nobody reads: mostly typing errors, which must not pass in silence. */
final class UnknownKeys {

    /** Names that differ by more are not meant. */
    private static final int LIKE = 3;

    private final Collection<String> known;
    private final Collection<String> passedOn;

    /**
     * @param known paths of all keys
     * @param passedOn blocks whose content is somebody else's, e.g. {@code kafka}
     */
    UnknownKeys(Collection<String> known, Collection<String> passedOn) {
        this.known = known;
        this.passedOn = passedOn;
    }

    void note(JsonNode tree, Problems problems) {
        if (tree.isObject()) {
            note("", "", tree, problems);
        }
    }

    private void note(String path, String place, JsonNode node, Problems problems) {
        if (passedOn.contains(path) || known.contains(path)) {
            return;
        }
        if (node.isObject() && known.stream().anyMatch(key -> path.isEmpty() || key.startsWith(path + "."))) {
            for (Map.Entry<String, JsonNode> child : node.properties()) {
                String dot = path.isEmpty() ? "" : ".";
                note(path + dot + child.getKey(), place + dot + child.getKey(), child.getValue(), problems);
            }
        } else if (node.isArray() && known.stream().anyMatch(key -> key.startsWith(path + "[]."))) {
            for (int i = 0; i < node.size(); i++) {
                note(path + "[]", place + "[" + i + "]", node.get(i), problems);
            }
        } else if (!node.isNull() || known.stream().noneMatch(key -> key.startsWith(path))) {
            problems.add(place, "is no setting", remedy(path));
        }
    }

    private String remedy(String path) {
        Optional<String> near = Stream.concat(known.stream(), passedOn.stream())
                .filter(key -> distance(key, path) <= LIKE)
                .min(Comparator.comparingInt(key -> distance(key, path)));
        return near.map(key -> "did you mean " + key + "?").orElse("svidflow config lists all");
    }

    /** How many letters have to be changed. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
