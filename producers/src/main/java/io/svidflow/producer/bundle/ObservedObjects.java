package io.svidflow.producer.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.svidflow.producer.log.BoundedLines;
import io.svidflow.producer.log.BoundedLines.Line;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The objects of a bundle by kind, in the order observed; lines that cannot be used are named and skipped. */
final class ObservedObjects {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final BundleFiles files;
    private final BundleLimits limits;
    private final List<String> skipped;

    ObservedObjects(BundleFiles files, BundleLimits limits, List<String> skipped) {
        this.files = files;
        this.limits = limits;
        this.skipped = skipped;
    }

    /** One line: an object as it was seen at a time. */
    record Observed(Instant at, boolean deleted, JsonNode object, Place place) {

        /** What stays the same while an object changes: the UID, or the id that SPIRE gives. */
        String identity() {
            String uid = object.at("/metadata/uid").asText("");
            JsonNode id = object.path("id");
            return uid.isEmpty() ? id.toString() : uid;
        }
    }

    /** Every observation of a kind, e.g. {@code pods}; none if it was not collected. */
    List<Observed> all(String kind) {
        String path = "raw/" + kind + ".jsonl";
        List<Observed> observed = new ArrayList<>();
        if (!files.exists(path)) {
            return observed;
        }
        try (BoundedLines lines = files.lines(path, limits)) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                Place place = new Place(path, line.number());
                if (!line.text().isBlank()) {
                    read(line, place, observed);
                }
            }
        } catch (IOException e) {
            throw BundleFiles.unreadable(path, e);
        }
        return observed;
    }

    /** What is left at the end, mapped; an object that cannot be mapped is skipped. */
    <K, V> List<V> last(String kind, Class<K> type, Function<K, V> mapper) {
        Map<String, Observed> last = new LinkedHashMap<>();
        for (Observed observed : all(kind)) {
            if (observed.deleted()) {
                last.remove(observed.identity());
            } else {
                last.put(observed.identity(), observed);
            }
        }
        List<V> mapped = new ArrayList<>();
        for (Observed observed : last.values()) {
            try {
                mapped.add(mapper.apply(JSON.treeToValue(observed.object(), type)));
            } catch (JsonProcessingException | RuntimeException e) {
                skip(observed.place(), e.getMessage());
            }
        }
        return mapped;
    }

    private void read(Line line, Place place, List<Observed> observed) {
        try {
            JsonNode tree = JSON.readTree(line.text());
            String type = tree.path("type").asText("ADDED");
            boolean state = type.equals("ADDED") || type.equals("MODIFIED") || type.equals("DELETED");
            if (state && tree.path("object").isObject()) {
                Instant at =
                        OffsetDateTime.parse(tree.path("observedAt").asText()).toInstant();
                observed.add(new Observed(at, type.equals("DELETED"), tree.path("object"), place));
            }
        } catch (JsonProcessingException e) {
            skip(place, "not JSON: " + e.getOriginalMessage());
        } catch (DateTimeParseException e) {
            skip(place, "observedAt is not a time; write it as 2025-02-06T00:20:55Z");
        }
    }

    void skip(Place place, String why) {
        skipped.add(place + ": " + why.lines().findFirst().orElse(why));
    }
}
