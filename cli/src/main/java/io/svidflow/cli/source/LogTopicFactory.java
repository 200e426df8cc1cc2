package io.svidflow.cli.source;

import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.shipped.LogTopic;
import io.svidflow.producer.shipped.LogTopicConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The topic of a log shipper: Fluent Bit, Vector, Filebeat. */
final class LogTopicFactory implements SourceFactory {

    private static final String SECTION = "sources.log-topic.";
    private static final Key<String> TOPIC = Key.optional(
            SECTION + "topic",
            Form.TEXT,
            LogTopicConfig.DEFAULT_TOPIC,
            "Topic that a log shipper fills with the lines of SPIRE's containers, in its usual JSON envelope, on the brokers"
                    + " of kafka. It is read if it is named.");
    private static final Key<List<String>> NAMESPACES = Key.optional(
            SECTION + "namespaces", Form.LIST, "spire", "Where SPIRE's containers run. Left out: everywhere.");
    private static final Key<Duration> LATENESS = Key.of(
            SECTION + "lateness",
            Form.DURATION,
            "5s",
            "How long a line may take from its own time to the topic. Promises stay that far behind.");
    private static final Key<Duration> FORGET_AFTER = Key.of(
            SECTION + "forget-after",
            Form.duration(LogTopicConfig.SOONEST_FORGOTTEN, Duration.ofDays(30)),
            "24h",
            "How long nothing may be heard of a log, nor of the shipper on its node, before nobody waits for it any more."
                    + " Where this process also watches Kubernetes, logs of nodes that are gone end at once.");

    @Override
    public List<Key<?>> keys() {
        return List.of(TOPIC, NAMESPACES, LATENESS, FORGET_AFTER);
    }

    @Override
    public Optional<Function<Surroundings, List<Planned>>> read(Section all) {
        Optional<String> topic = all.find(TOPIC);
        Set<String> namespaces = Set.copyOf(all.find(NAMESPACES).orElse(List.of()));
        Duration lateness = all.get(LATENESS, Duration.ZERO);
        Duration forgetAfter = all.get(FORGET_AFTER, LogTopicConfig.DEFAULT_FORGET_AFTER);
        return topic.map(name -> around -> {
            LogTopic source = new LogTopic(
                    new LogTopicConfig(
                            name,
                            around.installation().settings(),
                            LogTopicConfig.DEFAULT_CONTAINERS,
                            namespaces,
                            lateness,
                            LogTopicConfig.DEFAULT_LOOK_BACK,
                            forgetAfter),
                    Logs.mappers(around, Optional.empty()),
                    around.directory(),
                    around.clock());
            return List.of(Planned.of(source, Set.of(), Set.of(SourceKind.AGENT_LOG), source::check));
        });
    }
}
