package io.svidflow.cli.run;

import io.svidflow.topic.Topic;
import io.svidflow.topic.TopicCreation;
import io.svidflow.topic.Topics;
import io.svidflow.topology.StreamsSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that are missing, with the partitions that the topologies need. */
public final class TopicSetup {

    private TopicSetup() {}

    /**
     * @param nodePartitions partitions of the topics that are keyed by node; those keyed by cluster have one
     * @throws IllegalStateException if a topic exists with another count, or the broker refuses
     */
    public static void create(Map<String, Object> settings, int nodePartitions) throws InterruptedException {
        try (Admin admin = Admin.create(settings)) {
            new TopicCreation(admin).create(Topics.ALL, topic -> topic.key() == Topic.Key.NODE ? nodePartitions : 1);
            NewTopic deadLetters = new NewTopic(StreamsSettings.STREAMS_DEAD_LETTERS, Optional.of(1), Optional.empty());
            admin.createTopics(List.of(deadLetters)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(
                        "cannot create " + StreamsSettings.STREAMS_DEAD_LETTERS + ": "
                                + e.getCause().getMessage(),
                        e);
            }
        }
    }
}
