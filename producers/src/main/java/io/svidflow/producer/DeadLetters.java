package io.svidflow.producer;

import io.svidflow.event.DeadLetter;
import io.svidflow.event.Origin;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Keeps raw material that nobody could understand, under an id that is the same each time it is read. */
public final class DeadLetters {

    /** More than any line of SPIRE, and little enough for a topic that people read. */
    private static final int RAW_LENGTH = 4096;

    private DeadLetters() {}

    /**
     * @param source name of the source, which is the key
     * @param place file and line or the like; part of the id
     * @param raw the material; the first 4,096 characters are kept
     * @param reason what is wrong, and the remedy
     * @param after time of the last fact of the source
     */
    public static Publication of(
            String cluster, String source, Origin origin, String place, String raw, String reason, Instant after) {
        Instant at = after.truncatedTo(ChronoUnit.MICROS);
        String identity = String.join("\n", cluster, source, place, kept(raw));
        DeadLetter value = DeadLetter.newBuilder()
                .setId(UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setObservedTime(at)
                .setSource(source)
                .setCluster(cluster)
                .setOrigin(origin)
                .setReason(reason)
                .setRaw(kept(raw))
                .build();
        return new Publication(Topics.DEAD_LETTERS, source, value, at, Route.BY_KEY);
    }

    /** The part of the material that is kept. */
    public static String kept(String raw) {
        return raw.substring(0, Math.min(raw.length(), RAW_LENGTH));
    }
}
