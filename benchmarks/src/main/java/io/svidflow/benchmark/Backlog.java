package io.svidflow.benchmark;

import io.svidflow.topic.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** What is written to topics, and how much of it a consumer group has behind it. */
final class Backlog {

    private final Admin admin;

    Backlog(Admin admin) {
        this.admin = admin;
    }

    /** Ends of the topics' partitions, added up. */
    long written(Collection<Topic<?>> topics, int partitions) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (Topic<?> topic : topics) {
            IntStream.range(0, partitions)
                    .forEach(number -> ends.put(new TopicPartition(topic.name(), number), OffsetSpec.latest()));
        }
        try {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw refused("list the ends of " + List.copyOf(topics), e);
        }
    }

    /** Committed offsets of a group, added up. */
    long committed(String group) throws InterruptedException {
        try {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                    .filter(offset -> offset != null)
                    .mapToLong(offset -> offset.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw refused("list the offsets of " + group, e);
        }
    }

    private static IllegalStateException refused(String what, ExecutionException e) {
        return new IllegalStateException(
                "the broker refuses to " + what + ": " + e.getCause().getMessage(), e);
    }
}
