package io.svidflow.producer.publish;

import io.svidflow.topic.Topics;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the brokers have acknowledged.
 *
 * @param byTopic records by name of the topic; a publication to every partition counts once for each
 */
public record PublishedCounts(SortedMap<String, Long> byTopic) {

    public PublishedCounts {
        byTopic = Collections.unmodifiableSortedMap(new TreeMap<>(byTopic));
    }

    /** Records of all topics. */
    public long records() {
        return byTopic.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Pieces of raw material that nobody could understand, see {@link Topics#DEAD_LETTERS}. */
    public long deadLetters() {
        return byTopic.getOrDefault(Topics.DEAD_LETTERS.name(), 0L);
    }
}
