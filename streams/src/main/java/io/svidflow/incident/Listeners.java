package io.svidflow.incident;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Which kinds of sources watch the cluster, and which of them have been silent themselves. */
final class Listeners {

    private static final String AUDIT = "audit";
    private static final String AUDITED = "audited";
    private static final String LOST = "lost/";
    private static final String REGAINED = "regained/";

    private final Moments moments;
    private Set<String> announced = Set.of();

    Listeners(Moments moments) {
        this.moments = moments;
    }

    /** Sources that are to be heard, as their heartbeats tell. */
    void announced(Collection<String> sources) {
        announced = Set.copyOf(sources);
    }

    /** Whether a source is to be heard. */
    boolean hears(String source) {
        return announced.contains(source);
    }

    /** A line of the server's audit log was seen. */
    void audited(Instant at) {
        if (!moments.knows(AUDITED)) {
            moments.remember(AUDITED, at);
        }
    }

    /** A source fell silent, or was heard of again. */
    void heardOf(String source, boolean late, Instant at) {
        if (late) {
            moments.remember(LOST + source, at);
        } else {
            moments.forget(LOST + source);
            moments.remember(REGAINED + kind(source), at);
        }
    }

    /** Kinds that can be heard now; {@code audit} among them once the audit log was seen. */
    Set<String> present() {
        Set<String> present = new TreeSet<>();
        announced.forEach(source -> present.add(kind(source)));
        if (moments.knows(AUDITED)) {
            present.add(AUDIT);
        }
        moments.below(LOST).keySet().forEach(lost -> present.remove(kindOfLost(lost)));
        return present;
    }

    /** Whether no source of a kind has been silent since then. */
    boolean heardThroughout(String kind, Instant since) {
        Instant back = moments.get(REGAINED + kind);
        return moments.below(LOST).keySet().stream()
                        .noneMatch(lost -> kindOfLost(lost).equals(kind))
                && (back == null || since == null || back.isBefore(since));
    }

    private static String kindOfLost(String key) {
        return kind(key.substring(LOST.length()));
    }

    private static String kind(String source) {
        return source.split("/", 2)[0];
    }
}
