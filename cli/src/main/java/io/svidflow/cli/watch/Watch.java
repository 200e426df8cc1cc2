package io.svidflow.cli.watch;

import io.svidflow.cli.capture.FactTopics;
import io.svidflow.cli.config.Configuration;
import io.svidflow.cli.judge.AgentSchedule;
import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.run.Application;
import io.svidflow.cli.run.Applications;
import io.svidflow.cli.run.Held;
import io.svidflow.cli.run.Installation;
import io.svidflow.cli.run.Listener;
import io.svidflow.cli.run.TemporaryFolder;
import io.svidflow.cli.run.TopicSetup;
import io.svidflow.cli.source.Catalogue;
import io.svidflow.cli.source.Producers;
import io.svidflow.diagnosis.Backoff;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.producer.capture.Capture;
import io.svidflow.producer.capture.Capturing;
import io.svidflow.producer.capture.RawFolder;
import io.svidflow.producer.capture.Stretch;
import io.svidflow.remediation.Policy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * The producers, both stages and a broker in one process: a live cluster is observed and judged, nothing is acted on, and
 * closing it leaves nothing behind.
 */
public final class Watch implements AutoCloseable {

    /** More than one, as a production topology has. */
    private static final int PARTITIONS = 3;

    private static final Duration START = Duration.ofSeconds(90);

    private final Held held = new Held();
    private final Installation installation;
    private final Applications catalogue;
    private final List<Application> stages;
    private final Producers producers;
    private final Listener listener;

    /**
     * Starts broker and stages; some seconds.
     *
     * @param file the configuration, see {@link Configuration#read}
     * @param out where messages go
     * @throws io.svidflow.cli.BadInput with everything that is wrong with the configuration
     */
    public Watch(Optional<Path> file, Map<String, String> environment, Clock clock, PrintWriter out)
            throws InterruptedException {
        this(file, environment, Optional.empty(), clock, out);
    }

    /**
     * As above.
     *
     * @param raw keeps what is observed as it was; empty: nobody does
     */
    public Watch(
            Optional<Path> file, Map<String, String> environment, Optional<RawFolder> raw, Clock clock, PrintWriter out)
            throws InterruptedException {
        try {
            EmbeddedKafka kafka = held.opened(new EmbeddedKafka()).start();
            installation = new Installation(
                    Map.of(
                            "bootstrap.servers",
                            kafka.bootstrapServers(),
                            "schema.registry.url",
                            "mock://watch-" + UUID.randomUUID(),
                            "commit.interval.ms",
                            100),
                    held.opened(TemporaryFolder.create("svidflow-watch")).path().toString(),
                    PARTITIONS);
            Configuration configuration = Configuration.read(file, environment, Catalogue.keys(), installation);
            Backoff backoff = AgentSchedule.read(configuration.all());
            producers = new Producers(configuration, raw, clock, out);
            TopicSetup.create(installation.settings(), PARTITIONS);
            catalogue = new Applications(installation, backoff, Policy.observing(), Optional.empty());
            stages = List.of(held.opened(catalogue.identity()), held.opened(catalogue.incident()));
            stages.forEach(Application::start);
            for (Application stage : stages) {
                stage.awaitRunning(START);
            }
            listener = held.opened(new Listener(installation.settings(), catalogue.serdes()));
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** Tries what the sources need and prints what is missing; observing goes on without. */
    public void check() throws InterruptedException {
        producers.check();
    }

    /** Begins to observe. */
    public void observe() {
        held.opened(producers.start());
    }

    /**
     * Hears what has been concluded since, waiting for a moment if there is nothing.
     *
     * @throws IllegalStateException if a stage has failed
     */
    public void listen(Consumer<SpecificRecord> each) throws InterruptedException {
        stages.forEach(Application::requireHealthy);
        listener.poll(each);
    }

    /** Everything heard so far, latest revisions. */
    public Conclusions conclusions() {
        return listener.conclusions();
    }

    /**
     * The facts of a stretch of time, as {@code svidflow capture} would find them.
     *
     * @param to last time of observation
     */
    public Capture capture(Instant to) throws InterruptedException {
        Capturing capturing = new Capturing(new Stretch(Instant.MIN, to), Optional.empty());
        try (FactTopics topics = new FactTopics(installation.settings(), catalogue.serdes())) {
            topics.read(capturing, read -> {});
        }
        return capturing.finish();
    }

    /** The last first: sources stop before the stages, and those before the broker. */
    @Override
    public void close() {
        held.close();
    }
}
