package io.svidflow.cli.access;

import io.svidflow.cli.run.Installation;
import io.svidflow.cli.run.TopicState;
import io.svidflow.serde.EventClasses;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;

/** Whether brokers and schema registry of an installation let a process do its work. */
public final class KafkaAccess {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Installation installation;

    public KafkaAccess(Installation installation) {
        EventClasses.trust(); // whoever builds a sample needs it
        this.installation = installation;
    }

    /**
     * Tries both.
     *
     * @param needed what the process does, by the name of the topic
     * @param topic one that it writes to
     * @param sample something that it writes
     */
    public <V extends SpecificRecord> void check(
            Checklist list, Map<String, Set<AclOperation>> needed, Topic<V> topic, V sample)
            throws InterruptedException {
        list.tried("Kafka " + installation.settings().get("bootstrap.servers"), brokers(needed));
        list.tried("schema registry " + installation.settings().get("schema.registry.url"), registry(topic, sample));
    }

    private List<String> brokers(Map<String, Set<AclOperation>> needed) throws InterruptedException {
        Map<String, Object> settings = new HashMap<>(installation.settings());
        settings.putIfAbsent("default.api.timeout.ms", (int) PATIENCE.toMillis());
        settings.putIfAbsent("request.timeout.ms", (int) PATIENCE.toMillis() / 2);
        try (Admin admin = Admin.create(settings)) {
            List<String> missing = new ArrayList<>();
            for (TopicState topic : TopicState.all(admin, installation.partitions())) {
                topic.problem().ifPresent(missing::add);
                needed.getOrDefault(topic.name(), Set.of()).stream()
                        .filter(operation ->
                                topic.actual().isPresent() && !topic.allowed().contains(operation))
                        .sorted()
                        .forEach(operation -> missing.add(
                                "we may not " + operation + " " + topic.name() + "; add an ACL for our principal"));
            }
            return missing;
        } catch (KafkaException | IllegalStateException e) {
            return List.of(text(e));
        }
    }

    /** As the first record would: the schema is registered if it is new. */
    private <V extends SpecificRecord> List<String> registry(Topic<V> topic, V sample) {
        try {
            new EventSerdes(installation.settings())
                    .forTopic(topic)
                    .serializer()
                    .serialize(topic.name(), sample);
            return List.of();
        } catch (KafkaException e) {
            return List.of(text(e));
        }
    }

    private static String text(Exception e) {
        return e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause().getMessage());
    }
}
