package io.svidflow.producer.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Observation.Change;
import java.time.Instant;
import java.util.Comparator;

/**
 * A line of an {@link ObjectFile}. The object is kept as text: large bundles have many.
 *
 * @param file what it is a line of
 * @param place where it stands
 * @param at when it was observed
 * @param type ADDED, MODIFIED, DELETED, BOOKMARK or ERROR
 * @param node name of the node, for lines of agent-debug; otherwise empty
 * @param text the line
 */
record ObjectLine(ObjectFile file, Place place, Instant at, String type, String node, String text)
        implements Comparable<ObjectLine> {

    private static final Comparator<ObjectLine> ORDER = Comparator.comparing(ObjectLine::at)
            .thenComparing(ObjectLine::file)
            .thenComparing(line -> line.place().line());

    boolean failed() {
        return type.equals("ERROR");
    }

    boolean bookmark() {
        return type.equals("BOOKMARK");
    }

    JsonNode object() {
        return ObjectLines.tree(text).path("object");
    }

    /** What a failed watch or poll said: the collector's own words, or Kubernetes' Status object. */
    String error() {
        JsonNode tree = ObjectLines.tree(text);
        String error = tree.path("error").asText("");
        return error.isEmpty() ? tree.path("object").path("message").asText("no error text") : error;
    }

    <T> Observation<T> observation(T object, long sequence) {
        String version = object().path("metadata").path("resourceVersion").asText(null);
        return new Observation<>(at, Change.valueOf(type), object, sequence, place.origin(version));
    }

    @Override
    public int compareTo(ObjectLine other) {
        return ORDER.compare(this, other);
    }
}
