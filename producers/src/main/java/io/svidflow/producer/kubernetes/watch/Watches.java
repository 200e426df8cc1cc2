package io.svidflow.producer.kubernetes.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.kubernetes.TrimmedObjects;
import io.svidflow.producer.kubernetes.WantedObjects;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * Watches a lane for a few seconds at a time. The API server first sends everything since the version that the watch asks
 * for, in order, and ends the watch by itself: a watch that is marked or ends in order shows that nothing which had happened
 * when it was begun is missing. A connection that is dead without anybody knowing shows nothing, and is noticed after a few
 * seconds.
 */
final class Watches {

    private static final ObjectReader JSON = new JsonMapper().readerFor(JsonNode.class);

    /** A watch that ended at once must not be begun again at once. */
    private static final Duration SHORTEST = Duration.ofMillis(200);

    /** By how much clocks may differ on how long a watch lasted. */
    private static final Duration SLACK = Duration.ofMillis(200);

    private final Lane lane;
    private final ApiServer server;
    private final WatchSettings settings;
    private final Clock clock;
    private final Outbox outbox;
    private Instant begunBefore;
    private Instant begun;
    private boolean marked;
    private boolean early;

    Watches(Lane lane, ApiServer server, WatchSettings settings, Clock clock, Outbox outbox) {
        this.lane = lane;
        this.server = server;
        this.settings = settings;
        this.clock = clock;
        this.outbox = outbox;
    }

    /**
     * Watches once.
     *
     * @param version from which to go on
     * @param reached told of each version that was reached: after a failure the watch goes on from there
     * @return the version reached
     * @throws ApiProblem if the API server refuses, or has forgotten the version
     * @throws IOException if it does not answer, or breaks the watch off
     */
    String watch(String version, Consumer<String> reached) throws IOException, InterruptedException {
        begun = clock.instant().truncatedTo(ChronoUnit.MICROS);
        marked = false;
        String query = "watch=true&allowWatchBookmarks=true&timeoutSeconds="
                + settings.watchFor().toSeconds() + "&resourceVersion=" + Lane.encoded(version);
        String last = version;
        boolean busy = false;
        try (Answer answer = server.get(lane, "watch", query, settings.watchFor());
                MappingIterator<JsonNode> events = JSON.readValues(answer)) {
            while (events.hasNextValue()) {
                String next = event(events.nextValue(), last);
                busy |= !next.equals(last);
                last = next;
                reached.accept(last);
            }
        } catch (JsonProcessingException e) {
            throw new IOException("the watch of " + lane.name() + " broke off in the middle of an event", e);
        }
        ended(last, busy);
        return last;
    }

    /** The time of a watch may be over before everything since its version was sent; then the one before is complete. */
    private void ended(String version, boolean busy) throws InterruptedException {
        Duration lasted = Duration.between(begun, clock.instant());
        early = lasted.compareTo(settings.watchFor().minus(SLACK)) < 0;
        Instant complete = busy ? begunBefore : begun;
        if (!marked && !early && complete != null) {
            outbox.put(new Sighting.Complete(lane, version, complete));
        }
        begunBefore = early ? begunBefore : begun;
        if (lasted.compareTo(SHORTEST) < 0) {
            Thread.sleep(SHORTEST.minus(lasted).toMillis());
        }
    }

    /** The last watch ended before its time: a connection that was cut off can look like one that was ended in order. */
    boolean endedEarly() {
        return early;
    }

    private String event(JsonNode event, String version) throws IOException, InterruptedException {
        String type = event.path("type").asText();
        JsonNode object = event.path("object");
        if (type.equals("ERROR")) {
            throw ApiProblem.of(lane, "watch", object.path("code").asInt(), object);
        }
        String reached = object.at("/metadata/resourceVersion").asText(version);
        if (type.equals("BOOKMARK")) {
            marked = true;
            outbox.put(new Sighting.Complete(lane, reached, begun));
        } else if (object instanceof ObjectNode whole && WantedObjects.wanted(lane.kind(), whole)) {
            outbox.put(new Sighting.Changed(lane, change(type), TrimmedObjects.trim(lane.kind(), whole)));
        }
        return reached;
    }

    private Change change(String type) throws IOException {
        return switch (type) {
            case "ADDED" -> Change.ADDED;
            case "MODIFIED" -> Change.MODIFIED;
            case "DELETED" -> Change.DELETED;
            default ->
                throw new IOException("the watch of " + lane.name() + " says \"" + type
                        + "\", which is no kind of change; is this a Kubernetes API server?");
        };
    }
}
