package io.svidflow.producer.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.log.BoundedLines;
import io.svidflow.producer.log.BoundedLines.Line;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the lines of an {@link ObjectFile}; what is no such line becomes a dead letter. */
final class ObjectLines {

    private static final Set<String> TYPES = Set.of("ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR");
    private static final JsonMapper JSON = new JsonMapper();

    private final BundleFiles files;
    private final BundleLimits limits;
    private final Intake intake;

    ObjectLines(BundleFiles files, BundleLimits limits, Intake intake) {
        this.files = files;
        this.limits = limits;
        this.intake = intake;
    }

    /** @return the lines that can be read, in the order of the file; none if there is no such file */
    List<ObjectLine> read(ObjectFile file) {
        List<ObjectLine> lines = new ArrayList<>();
        if (!files.exists(file.path())) {
            return lines;
        }
        try (BoundedLines bounded = files.lines(file.path(), limits)) {
            for (Line line = bounded.next(); line != null; line = bounded.next()) {
                Place place = new Place(file.path(), line.number());
                if (line.text().isBlank()) {
                    intake.continuation();
                    continue;
                }
                try {
                    lines.add(parse(file, place, line));
                } catch (IllegalArgumentException e) {
                    intake.broken(file.kind().label(), place, line.text(), e.getMessage());
                }
            }
        } catch (IOException e) {
            throw BundleFiles.unreadable(file.path(), e);
        }
        return lines;
    }

    /** @throws IllegalArgumentException saying what is wrong with the line, and the remedy */
    private static ObjectLine parse(ObjectFile file, Place place, Line line) {
        if (line.cut()) {
            throw new IllegalArgumentException(
                    "line of " + line.bytes() + " bytes is too long; one observed object fits in 1 MiB");
        }
        JsonNode tree;
        try {
            tree = JSON.readTree(line.text());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    line.ended()
                            ? "not JSON: " + e.getOriginalMessage() + "; write one JSON object a line"
                            : "the file ends in the middle of this line; copy the file again");
        }
        String type = tree.path("type").asText(file == ObjectFile.AGENT_DEBUG ? "ADDED" : "");
        String node = tree.path("node").asText("");
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException(
                    "type is \"" + type + "\"; it must be one of ADDED, MODIFIED, DELETED," + " BOOKMARK and ERROR");
        }
        if (file.kind() == SourceKind.AGENT_DEBUG && node.isEmpty()) {
            throw new IllegalArgumentException("no node; name the node whose agent was asked");
        }
        if (!type.equals("ERROR") && !tree.path("object").isObject()) {
            throw new IllegalArgumentException("no object; write what was observed under \"object\"");
        }
        return new ObjectLine(file, place, time(tree.path("observedAt").asText("")), type, node, line.text());
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "observedAt \"" + text + "\" is not a time; write it as 2025-02-06T00:20:55.123456Z");
        }
    }

    /** Parses a line that was parsed before. */
    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("was JSON before: " + e.getMessage(), e);
        }
    }
}
