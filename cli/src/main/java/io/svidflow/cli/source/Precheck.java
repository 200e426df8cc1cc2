package io.svidflow.cli.source;

import io.svidflow.cli.run.TopicState;
import io.svidflow.event.Checkpoint;
import io.svidflow.producer.coverage.Source;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;

/** Tries everything that a process will need before it is let loose. */
final class Precheck {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ProducersPlan plan;
    private final Clock clock;

    Precheck(ProducersPlan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
    }

    /** What is missing, each with its remedy. */
    List<String> missing(PrintWriter out) throws InterruptedException {
        List<String> missing = new ArrayList<>();
        report(out, missing, "Kafka " + plan.installation().settings().get("bootstrap.servers"), brokers());
        report(
                out,
                missing,
                "schema registry " + plan.installation().settings().get("schema.registry.url"),
                registry());
        for (Planned planned : plan.sources()) {
            report(out, missing, planned.source().name(), planned.check().missing());
        }
        return missing;
    }

    private static void report(PrintWriter out, List<String> missing, String what, List<String> found) {
        out.println((found.isEmpty() ? "  ok       " : "  MISSING  ") + what);
        out.flush();
        found.forEach(one -> missing.add(what + ": " + one));
    }

    private List<String> brokers() throws InterruptedException {
        Map<String, Object> settings = new HashMap<>(plan.installation().settings());
        settings.putIfAbsent("default.api.timeout.ms", (int) PATIENCE.toMillis());
        settings.putIfAbsent("request.timeout.ms", (int) PATIENCE.toMillis() / 2);
        try (Admin admin = Admin.create(settings)) {
            List<String> missing = new ArrayList<>();
            for (TopicState topic : TopicState.all(admin, plan.installation().partitions())) {
                topic.problem().ifPresent(missing::add);
                needed(topic).stream()
                        .filter(operation ->
                                topic.actual().isPresent() && !topic.allowed().contains(operation))
                        .forEach(operation -> missing.add(
                                "we may not " + operation + " " + topic.name() + "; add an ACL for our principal"));
            }
            return missing;
        } catch (KafkaException | IllegalStateException e) {
            return List.of(text(e));
        }
    }

    private Set<AclOperation> needed(TopicState topic) {
        if (topic.name().equals(Topics.CHECKPOINTS.name())) {
            return Set.of(AclOperation.READ, AclOperation.WRITE);
        }
        Set<String> written = plan.sources().stream()
                .flatMap(planned ->
                        Stream.concat(planned.speaksFor().stream().map(Source::kind), planned.ofNodes().stream()))
                .flatMap(kind -> kind.topics().stream())
                .map(Topic::name)
                .collect(Collectors.toSet());
        written.add(Topics.DEAD_LETTERS.name());
        return written.contains(topic.name()) ? Set.of(AclOperation.WRITE) : Set.of();
    }

    /** As the first heartbeat would: the schema is registered if it is new. */
    private List<String> registry() {
        try {
            Checkpoint sample = Checkpoint.newBuilder()
                    .setCluster(plan.cluster())
                    .setSource("check")
                    .setUntil(clock.instant())
                    .setCoveredSince(clock.instant())
                    .setSequence(0)
                    .setMarks(Map.of())
                    .build();
            new EventSerdes(plan.installation().settings())
                    .forTopic(Topics.CHECKPOINTS)
                    .serializer()
                    .serialize(Topics.CHECKPOINTS.name(), sample);
            return List.of();
        } catch (KafkaException e) {
            return List.of(text(e));
        }
    }

    private static String text(Exception e) {
        return e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause().getMessage());
    }
}
