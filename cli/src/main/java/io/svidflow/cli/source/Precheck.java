package io.svidflow.cli.source;

import io.svidflow.cli.access.Checklist;
import io.svidflow.cli.access.KafkaAccess;
import io.svidflow.event.Checkpoint;
import io.svidflow.producer.coverage.Source;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;

/** Tries everything that producers will need before they are let loose. */
final class Precheck {

    private final ProducersPlan plan;
    private final Clock clock;

    Precheck(ProducersPlan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
    }

    void fill(Checklist list) throws InterruptedException {
        Checkpoint sample = Checkpoint.newBuilder()
                .setCluster(plan.cluster())
                .setSource("check")
                .setUntil(clock.instant())
                .setCoveredSince(clock.instant())
                .setSequence(0)
                .setMarks(Map.of())
                .build();
        new KafkaAccess(plan.installation()).check(list, needed(), Topics.CHECKPOINTS, sample);
        for (Planned planned : plan.sources()) {
            list.tried(planned.source().name(), planned.check().missing());
        }
    }

    private Map<String, Set<AclOperation>> needed() {
        Map<String, Set<AclOperation>> needed = new HashMap<>();
        plan.sources().stream()
                .flatMap(planned ->
                        Stream.concat(planned.speaksFor().stream().map(Source::kind), planned.ofNodes().stream()))
                .flatMap(kind -> kind.topics().stream())
                .map(Topic::name)
                .forEach(topic -> needed.put(topic, Set.of(AclOperation.WRITE)));
        needed.put(Topics.DEAD_LETTERS.name(), Set.of(AclOperation.WRITE));
        needed.put(Topics.CHECKPOINTS.name(), Set.of(AclOperation.READ, AclOperation.WRITE));
        return needed;
    }
}
