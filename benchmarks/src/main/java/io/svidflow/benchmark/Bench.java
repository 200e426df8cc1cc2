package io.svidflow.benchmark;

import io.svidflow.benchmark.FindingArrivals.Arrival;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.identity.Graces;
import io.svidflow.producer.publish.KafkaPublisher;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import io.svidflow.topology.IdentityTopology;
import io.svidflow.topology.IncidentTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Measures, on one embedded broker in the same run: how fast the node facts are merely passed through, how fast the
 * full detection works them off, and how long a verdict takes when the facts come in real time.
 */
public final class Bench {

    /** The load is published in two stretches; nobody is late because of the time between them. */
    private static final Duration NOBODY_IS_LATE = Duration.ofHours(1);

    private static final Instant EVENT_TIME = Instant.parse("2025-02-06T00:00:00Z");
    private static final Duration LAST_FINDINGS = Duration.ofSeconds(5);
    private static final Duration SYNC_INTERVAL = Duration.ofSeconds(5);

    private final Clock clock;
    private final Consumer<String> progress;

    /**
     * @param clock real time
     * @param progress is told what is being done
     */
    public Bench(Clock clock, Consumer<String> progress) {
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Runs everything; leaves nothing behind.
     *
     * @throws IllegalStateException if broker or topologies fail, with the reason
     * @throws InterruptedException if the thread is interrupted; also then nothing is left behind
     */
    public BenchReport run(BenchPlan plan) throws InterruptedException, IOException {
        Path state = Files.createTempDirectory("svidflow-bench-");
        try (EmbeddedKafka kafka = new EmbeddedKafka().start()) {
            return run(plan, kafka, state);
        } finally {
            remove(state);
        }
    }

    private BenchReport run(BenchPlan plan, EmbeddedKafka kafka, Path state) throws InterruptedException {
        List<Topic<?>> topics = new ArrayList<>(Topics.ALL);
        topics.add(PassthroughTopology.OUTPUT);
        kafka.createTopics(topics, topic -> topic.key() == Topic.Key.NODE ? plan.partitions() : 1);
        EventSerdes serdes = new EventSerdes(Map.of("schema.registry.url", "mock://bench-" + state.getFileName()));
        String servers = kafka.bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers));
                KafkaPublisher publisher = new KafkaPublisher(Map.of("bootstrap.servers", servers), serdes, clock)) {
            LoadPublisher load = new LoadPublisher(new Load(plan.shape(), EVENT_TIME), publisher, clock);
            progress.accept("publishing " + plan.backlog().getSeconds() + " s of "
                    + plan.shape().nodes() + " nodes");
            load.backlog(plan.backlog());
            Catchup catchup = new Catchup(new Backlog(admin), plan.partitions(), load.facts(), clock);

            progress.accept("passing " + load.facts() + " facts through");
            Throughput passthrough;
            try (RunningTopology idle = new RunningTopology(
                    "bench-passthrough", new PassthroughTopology(serdes).get(), servers, plan.threads(), state)) {
                passthrough = catchup.measure(List.of(idle.start()));
            }

            progress.accept("detecting");
            try (RunningTopology identity = identity(plan, serdes, servers, state);
                    RunningTopology incident = incident(serdes, servers, state)) {
                Throughput detection = catchup.measure(List.of(identity.start(), incident.start()));
                progress.accept("measuring verdicts for " + plan.paced().getSeconds() + " s");
                Latency latency = latency(plan, load, servers, serdes);
                identity.requireHealthy();
                incident.requireHealthy();
                return report(plan, passthrough, detection, latency);
            }
        }
    }

    private static RunningTopology identity(BenchPlan plan, EventSerdes serdes, String servers, Path state) {
        var settings = new IdentityTopology.Settings(Graces.defaults(), NOBODY_IS_LATE, plan.partitions(), false);
        return new RunningTopology(
                "bench-identity", new IdentityTopology(settings, serdes).get(), servers, plan.threads(), state);
    }

    private static RunningTopology incident(EventSerdes serdes, String servers, Path state) {
        var settings = new IncidentTopology.Settings(SYNC_INTERVAL, NOBODY_IS_LATE, "observe", false);
        return new RunningTopology("bench-incident", new IncidentTopology(settings, serdes).get(), servers, 1, state);
    }

    private Latency latency(BenchPlan plan, LoadPublisher load, String servers, EventSerdes serdes)
            throws InterruptedException {
        try (FindingArrivals arrivals = new FindingArrivals(servers, serdes, clock)) {
            Instant start = clock.instant();
            load.paced(plan.paced(), this::pause);
            pause(clock.instant().plus(plan.paced().isZero() ? Duration.ZERO : LAST_FINDINGS));
            List<Duration> measured = new ArrayList<>();
            for (Arrival arrival : arrivals.stop()) {
                Instant known = load.knownAt(arrival.detectedAt());
                // What was due before is here again only because something new is known of it.
                if (known != null && !known.isBefore(start)) {
                    measured.add(Duration.between(known, arrival.arrivedAt()));
                }
            }
            return Latency.of(measured);
        }
    }

    private void pause(Instant until) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(
                Math.max(0, Duration.between(clock.instant(), until).toNanos()));
    }

    private static BenchReport report(BenchPlan plan, Throughput passthrough, Throughput detection, Latency latency) {
        return new BenchReport(
                plan.shape().seed(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                plan.shape().nodes(),
                plan.shape().pods(),
                plan.partitions(),
                plan.threads(),
                plan.backlog().getSeconds(),
                plan.paced().getSeconds(),
                passthrough,
                detection,
                latency);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
