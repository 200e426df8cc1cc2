package io.svidflow.producer.kubernetes.watch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.producer.kubernetes.TrimmedObjects;
import io.svidflow.producer.kubernetes.WantedObjects;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/** Lists what there is in a lane, page by page; each object is trimmed as it is read. */
final class Listings {

    private static final ObjectReader JSON = new JsonMapper().reader();

    private final Lane lane;
    private final ApiServer server;
    private final WatchSettings settings;
    private final Clock clock;
    private final Outbox outbox;

    Listings(Lane lane, ApiServer server, WatchSettings settings, Clock clock, Outbox outbox) {
        this.lane = lane;
        this.server = server;
        this.settings = settings;
        this.clock = clock;
        this.outbox = outbox;
    }

    /**
     * Says what is there now.
     *
     * @param lost why the watch before could not go on
     * @return the version from which a watch can go on
     */
    String list(String lost) throws IOException, InterruptedException {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        outbox.put(new Sighting.Listing(lane, at, lost == null ? "" : lost));
        String version = pages("", object -> new Sighting.There(lane, object));
        outbox.put(new Sighting.Listed(lane, version, at));
        return version;
    }

    /**
     * Says what was there at a version.
     *
     * @throws ApiProblem if the API server has forgotten that version
     */
    void remember(String version) throws IOException, InterruptedException {
        String exact = "&resourceVersion=" + Lane.encoded(version) + "&resourceVersionMatch=Exact";
        pages(exact, object -> new Sighting.Remembered(lane, object));
    }

    /**
     * A server that came back from a backup has never heard of the version, and would take a watch from there for one that
     * has to wait.
     *
     * @throws ApiProblem if the version lies in the server's future
     */
    void requireKnown(String version) throws IOException {
        String query = "limit=1&resourceVersion=" + Lane.encoded(version) + "&resourceVersionMatch=NotOlderThan";
        server.get(lane, "list", query, Duration.ZERO).close();
    }

    private String pages(String exact, Function<ObjectNode, Sighting> sighting)
            throws IOException, InterruptedException {
        String limit = "limit=" + settings.pageSize();
        JsonNode metadata = page(limit + exact, sighting);
        while (!metadata.path("continue").asText("").isEmpty()) {
            String next = "&continue=" + Lane.encoded(metadata.path("continue").asText());
            metadata = page(limit + next, sighting);
        }
        String version = metadata.path("resourceVersion").asText("");
        if (version.isEmpty()) {
            throw new IOException("the listing of " + lane.name() + " names no resourceVersion");
        }
        return version;
    }

    private JsonNode page(String query, Function<ObjectNode, Sighting> sighting)
            throws IOException, InterruptedException {
        JsonNode metadata = MissingNode.getInstance();
        try (Answer answer = server.get(lane, "list", query, Duration.ZERO);
                JsonParser parser = JSON.createParser(answer)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the listing of " + lane.name() + " is no JSON object");
            }
            for (JsonToken token = parser.nextToken(); token == JsonToken.FIELD_NAME; token = parser.nextToken()) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("metadata")) {
                    metadata = parser.readValueAsTree();
                } else if (field.equals("items") && value == JsonToken.START_ARRAY) {
                    items(parser, sighting);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return metadata;
    }

    private void items(JsonParser parser, Function<ObjectNode, Sighting> sighting)
            throws IOException, InterruptedException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            ObjectNode object = parser.readValueAsTree();
            if (WantedObjects.wanted(lane.kind(), object)) {
                outbox.put(sighting.apply(TrimmedObjects.trim(lane.kind(), object)));
            }
        }
    }
}
