package io.svidflow.producer.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.svidflow.producer.coverage.Gap;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.coverage.SourceKind.Members;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@code incident.yaml} says about one kind of source. */
final class SourceDeclarations {

    private SourceDeclarations() {}

    /** @throws IllegalArgumentException saying what is wrong */
    static DeclaredSource read(SourceKind kind, JsonNode source) {
        if (source.isNull()) {
            return new DeclaredSource(Optional.empty(), Map.of());
        }
        if (!source.isObject()) {
            throw new IllegalArgumentException(kind.label() + " is not a map of keys");
        }
        return new DeclaredSource(members(kind, source), gaps(kind, source));
    }

    private static Optional<List<String>> members(SourceKind kind, JsonNode source) {
        JsonNode names = source.get(kind.members() == Members.NODES ? "nodes" : "pods");
        if (kind.members() == Members.NONE || names == null || names.isNull()) {
            return Optional.empty();
        }
        if (!names.isArray()) {
            throw new IllegalArgumentException(kind.label() + " does not list names");
        }
        List<String> members = new ArrayList<>();
        for (JsonNode name : names) {
            if (!name.isValueNode() || name.asText().isBlank()) {
                throw new IllegalArgumentException(kind.label() + " lists a name that is empty or not plain");
            }
            members.add(name.asText());
        }
        return Optional.of(members);
    }

    private static Map<String, List<Gap>> gaps(SourceKind kind, JsonNode source) {
        JsonNode gaps = source.get("gaps");
        if (gaps == null || gaps.isNull()) {
            return Map.of();
        }
        if (!gaps.isArray()) {
            throw new IllegalArgumentException("gaps of " + kind.label() + " are not a list");
        }
        Map<String, List<Gap>> byMember = new HashMap<>();
        for (JsonNode gap : gaps) {
            String member =
                    gap.path(kind.members() == Members.NODES ? "node" : "pod").asText("");
            byMember.computeIfAbsent(member, name -> new ArrayList<>())
                    .add(new Gap(time(kind, gap, "from"), time(kind, gap, "to")));
        }
        return byMember;
    }

    private static Instant time(SourceKind kind, JsonNode gap, String key) {
        String text = gap.path(key).asText("");
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "a gap of " + kind.label() + " has " + key + " \"" + text + "\", which is not a time");
        }
    }
}
