package io.svidflow.cli.scenario;

import static org.awaitility.Awaitility.await;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.run.Listener;
import io.svidflow.cli.run.TopicSetup;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.producer.Publication;
import io.svidflow.producer.publish.KafkaPublisher;
import io.svidflow.producer.publish.Pacing;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topology.IdentityTopology;
import io.svidflow.topology.IncidentTopology;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Both stages live on a broker, exactly once, each with one or more instances. */
final class LivePipeline implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final EmbeddedKafka kafka = new EmbeddedKafka().start();
    private final Map<String, Object> settings = new HashMap<>();
    private final EventSerdes serdes;
    private final List<LiveStage> identity;
    private final List<LiveStage> incident;
    private final KafkaPublisher publisher;

    LivePipeline(int partitions, int instances, Path stateDir) throws InterruptedException {
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("schema.registry.url", "mock://live-" + UUID.randomUUID());
        TopicSetup.create(settings, partitions);
        // A killed instance is missed after 6 s instead of 45 s; its open transaction is given up as soon.
        settings.put("session.timeout.ms", 6000);
        settings.put("heartbeat.interval.ms", 500);
        settings.put("transaction.timeout.ms", 6000);
        serdes = new EventSerdes(settings);
        identity = instances(
                instances,
                i -> new LiveStage(
                        "svidflow-identity",
                        new IdentityTopology(IdentityTopology.Settings.defaults(partitions), serdes).get(),
                        stateDir.resolve("identity-" + i),
                        settings));
        incident = instances(
                instances,
                i -> new LiveStage(
                        "svidflow-incident",
                        new IncidentTopology(IncidentTopology.Settings.defaults(), serdes).get(),
                        stateDir.resolve("incident-" + i),
                        settings));
        // Lateness is a matter of publication time, which must not depend on how busy this machine is.
        Clock stopped = Clock.fixed(Clock.systemUTC().instant(), ZoneOffset.UTC);
        publisher = new KafkaPublisher(Map.of("bootstrap.servers", kafka.bootstrapServers()), serdes, stopped);
    }

    private static List<LiveStage> instances(int count, IntFunction<LiveStage> of) {
        return IntStream.range(0, count).mapToObj(of).toList();
    }

    /** Returns when every instance runs and all have work, as far as there is enough. */
    LivePipeline start() {
        stages().forEach(LiveStage::start);
        await().atMost(PATIENCE).until(() -> stages().allMatch(LiveStage::running));
        return this;
    }

    /** Publishes everything, as fast as the broker takes it. */
    void publish(List<Publication> publications) throws InterruptedException {
        publisher.publish(publications, Pacing.fastest());
    }

    /** Kills, of each stage, the instance that does the most. */
    void killOneOfEach() {
        Stream.of(identity, incident).forEach(stage -> stage.stream()
                .max(Comparator.comparingLong(LiveStage::tasks))
                .orElseThrow()
                .kill());
    }

    /** How many instances have died of being killed. */
    long dead() {
        return stages().filter(LiveStage::dead).count();
    }

    /** Waits until stage 2 has settled everything of a cluster up to an instant. */
    void awaitSettled(String cluster, Instant until) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> settled(cluster).filter(at -> !at.isBefore(until)).isPresent());
    }

    private Optional<Instant> settled(String cluster) {
        stages().forEach(stage -> stage.instant(IncidentTopology.INSTANT_STORE, "")); // fails when one has failed
        return incident.stream()
                .flatMap(stage -> stage.instant(IncidentTopology.INSTANT_STORE, cluster + "\nsettled").stream())
                .max(Instant::compareTo);
    }

    /** What a consumer reads, once nothing new has come for a while. */
    Conclusions conclusions() throws InterruptedException {
        Map<String, Object> consumer = new HashMap<>(settings);
        consumer.remove("transaction.timeout.ms");
        try (Listener listener = new Listener(consumer, serdes)) {
            int[] quiet = {0};
            while (quiet[0] < 10) {
                quiet[0]++;
                listener.poll(value -> quiet[0] = 0);
            }
            return listener.conclusions();
        }
    }

    private Stream<LiveStage> stages() {
        return Stream.concat(identity.stream(), incident.stream());
    }

    @Override
    public void close() {
        publisher.close();
        stages().forEach(LiveStage::close);
        kafka.close();
    }
}
