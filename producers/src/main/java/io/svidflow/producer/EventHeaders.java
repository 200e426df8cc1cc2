package io.svidflow.producer;

import io.svidflow.event.EventHeader;
import io.svidflow.event.Origin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * Writes the headers of one source's events. The id is a hash of source, subject, event time, content and ordinal among
 * equals, so that a source which reads the same material again gives the same ids. Not thread-safe: a source reads in
 * order.
 */
public final class EventHeaders {

    private final String cluster;
    private final String source;
    private final Ordinals ordinals = new Ordinals();

    /**
     * @param cluster name of the Kubernetes cluster
     * @param source who observes, e.g. {@code agent-log/node-1}
     */
    public EventHeaders(String cluster, String source) {
        this.cluster = cluster;
        this.source = source;
    }

    /**
     * @param node node that the event belongs to, or null for the cluster
     * @param eventTime when it happened; cut to microseconds
     * @param observedAt when it was seen; never before {@code eventTime}: the later of both is written
     * @param sequence order within the source among equal times, e.g. the line number
     * @param subject what the event is about, e.g. a pod UID
     * @param content everything that tells this event from another of the same subject and time
     * @param origin where it was read
     */
    public EventHeader header(
            String node,
            Instant eventTime,
            Instant observedAt,
            long sequence,
            String subject,
            String content,
            Origin origin) {
        Instant at = eventTime.truncatedTo(ChronoUnit.MICROS);
        Instant seen = observedAt.truncatedTo(ChronoUnit.MICROS);
        String identity = String.join("\n", cluster, source, subject, at.toString(), content);
        String equal = hash(identity);
        int ordinal = ordinals.next(equal, at);
        return EventHeader.newBuilder()
                .setId(ordinal == 0 ? equal : hash(identity + "\n" + ordinal))
                .setEventTime(at)
                .setObservedTime(seen.isBefore(at) ? at : seen)
                .setSource(source)
                .setCluster(cluster)
                .setNode(node)
                .setSequence(sequence)
                .setOrigin(origin)
                .build();
    }

    /** The ordinals of the latest events, in a form that can be stored with the position of the source. */
    public String ordinals() {
        return ordinals.text();
    }

    /**
     * Goes on counting where an earlier process stopped, so that an event which equals one from before gets the id that
     * it would have got there.
     *
     * @param text what {@link #ordinals()} gave, blank for nothing
     * @throws IllegalArgumentException if it gave no such text
     */
    public void resumeOrdinals(String text) {
        ordinals.resume(text);
    }

    /** The cluster that the events are about. */
    public String cluster() {
        return cluster;
    }

    /** Who observes. */
    public String source() {
        return source;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
