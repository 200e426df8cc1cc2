package io.svidflow.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing, with the retention and compaction that {@link Topic} declares and the brokers'
 * default replication. What exists is left as it is, and must have as many partitions as asked for: another count would
 * move keys to other partitions and break the co-partitioning of the node facts.
 */
public final class TopicCreation {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** Only closed segments are compacted, and whoever starts reads all that is left. */
    private static final String COMPACTED_SEGMENT = Integer.toString(32 * 1024 * 1024);

    private final Admin admin;

    /** @param admin a client that the caller closes */
    public TopicCreation(Admin admin) {
        this.admin = admin;
    }

    /**
     * @param partitions how many partitions each topic is to have, at least 1
     * @throws IllegalArgumentException if a count is below 1
     * @throws IllegalStateException if a topic exists with another count, or the brokers refuse or do not answer;
     * nothing is created if an existing topic does not fit
     */
    public void create(Collection<Topic<?>> topics, ToIntFunction<Topic<?>> partitions) {
        Map<Topic<?>, Integer> missing = new LinkedHashMap<>();
        for (Topic<?> topic : topics) {
            int wanted = partitions.applyAsInt(topic);
            if (wanted < 1) {
                throw new IllegalArgumentException(topic.name() + " needs at least 1 partition, not " + wanted);
            }
            Optional<Integer> existing = partitionsOf(topic.name());
            existing.ifPresent(count -> requireEqual(topic, count, wanted));
            if (existing.isEmpty()) {
                missing.put(topic, wanted);
            }
        }
        missing.forEach(this::create);
    }

    private void create(Topic<?> topic, int partitions) {
        NewTopic wanted = new NewTopic(topic.name(), Optional.of(partitions), Optional.empty()).configs(config(topic));
        try {
            answer(admin.createTopics(List.of(wanted)).all(), "create topic " + topic.name());
        } catch (TopicExistsException e) {
            // Somebody else was faster, which is fine if both want the same.
            partitionsOf(topic.name()).ifPresent(count -> requireEqual(topic, count, partitions));
        }
    }

    private static Map<String, String> config(Topic<?> topic) {
        if (topic.compacted()) {
            return Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.SEGMENT_BYTES_CONFIG,
                    COMPACTED_SEGMENT);
        }
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(topic.retention().toMillis()));
    }

    private Optional<Integer> partitionsOf(String topic) {
        try {
            KafkaFuture<TopicDescription> description =
                    admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
            return Optional.of(
                    answer(description, "describe topic " + topic).partitions().size());
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    private static void requireEqual(Topic<?> topic, int existing, int wanted) {
        if (existing != wanted) {
            throw new IllegalStateException("topic " + topic.name() + " exists with " + existing
                    + " partitions, but " + wanted + " are asked for: ask for " + existing
                    + ", or delete the topic first (its records are lost)");
        }
    }

    private static <T> T answer(KafkaFuture<T> future, String what) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
                throw unknown;
            }
            if (e.getCause() instanceof TopicExistsException exists) {
                throw exists;
            }
            throw new IllegalStateException(
                    "brokers refuse to " + what + ": " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "brokers do not answer within " + TIMEOUT.toSeconds() + " s to " + what
                            + ": check bootstrap.servers and that they run",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asked to " + what, e);
        }
    }
}
