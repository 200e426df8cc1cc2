package io.svidflow.cli.run;

import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import io.svidflow.topology.StreamsSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A topic as it is, beside what it should be.
 *
 * @param wanted partitions that it should have
 * @param actual partitions that it has; empty: it does not exist
 * @param allowed what we may do with it
 * @param refusal why the brokers do not tell; empty: they do
 */
public record TopicState(
        String name, int wanted, Optional<Integer> actual, Set<AclOperation> allowed, Optional<String> refusal) {

    private static final int SECONDS = 15;

    /**
     * Every topic of svidflow.
     *
     * @throws IllegalStateException if the brokers do not answer
     */
    public static List<TopicState> all(Admin admin, int nodePartitions) throws InterruptedException {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (Topic<?> topic : Topics.ALL) {
            wanted.put(topic.name(), topic.key() == Topic.Key.NODE ? nodePartitions : 1);
        }
        wanted.put(StreamsSettings.STREAMS_DEAD_LETTERS, 1);
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        wanted.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        List<TopicState> states = new ArrayList<>();
        for (Map.Entry<String, Integer> topic : wanted.entrySet()) {
            states.add(of(topic.getKey(), topic.getValue(), answers.get(topic.getKey())));
        }
        return states;
    }

    private static TopicState of(String name, int wanted, KafkaFuture<TopicDescription> answer)
            throws InterruptedException {
        try {
            TopicDescription there = answer.get(SECONDS, TimeUnit.SECONDS);
            Set<AclOperation> allowed = there.authorizedOperations() == null ? Set.of() : there.authorizedOperations();
            return new TopicState(name, wanted, Optional.of(there.partitions().size()), allowed, Optional.empty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw silent(e);
            }
            Optional<String> refusal = e.getCause() instanceof UnknownTopicOrPartitionException
                    ? Optional.empty()
                    : Optional.of(e.getCause().getMessage());
            return new TopicState(name, wanted, Optional.empty(), Set.of(), refusal);
        } catch (TimeoutException e) {
            throw silent(e);
        }
    }

    private static IllegalStateException silent(Exception e) {
        return new IllegalStateException(
                "the brokers do not answer: check bootstrap.servers, its TLS and SASL settings, and that they run", e);
    }

    /** What is wrong with it, with the remedy; empty: nothing. */
    public Optional<String> problem() {
        if (refusal.isPresent()) {
            return Optional.of(name + ": the brokers refuse to tell: " + refusal.get() + "; allow DESCRIBE");
        }
        if (actual.isEmpty()) {
            return Optional.of(name + " does not exist; run svidflow topics create");
        }
        if (actual.get() != wanted) {
            return Optional.of(name + " has " + actual.get() + " partitions, but " + wanted
                    + " are asked for; set partitions to what it has, or delete it first (its records are lost)");
        }
        return Optional.empty();
    }
}
