package io.svidflow.cli.run;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Incident;
import io.svidflow.producer.bundle.IncidentBundle;
import io.svidflow.producer.publish.KafkaPublisher;
import io.svidflow.producer.publish.Pacing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * A whole svidflow in one process: a broker, the publisher that writes an incident's facts in their original spacing,
 * compressed, the topologies live on the broker, and the resync agent. Closing it leaves nothing behind.
 */
public final class Demo implements AutoCloseable {

    /** More than one, so that the demonstration shows what a production topology does. */
    private static final int PARTITIONS = 3;

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration SETTLE = Duration.ofSeconds(30);

    private final EmbeddedKafka kafka = new EmbeddedKafka();
    private final TemporaryFolder state = TemporaryFolder.create("svidflow-demo");
    private final Clock clock;
    private List<Application> applications = List.of();
    private Installation installation;
    private Applications catalogue;
    private boolean closed;

    public Demo(Clock clock) {
        this.clock = clock;
    }

    /** Starts broker and applications; about ten seconds. */
    public void start() throws InterruptedException {
        kafka.start();
        installation = new Installation(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "schema.registry.url",
                        "mock://demo",
                        "commit.interval.ms",
                        100),
                state.path().toString(),
                PARTITIONS);
        TopicSetup.create(installation.settings(), PARTITIONS);
        catalogue = new Applications(installation);
        applications = List.of(catalogue.identity(), catalogue.incident(), catalogue.resyncAgent());
        applications.forEach(Application::start);
        for (Application application : applications) {
            application.awaitRunning(START);
        }
    }

    /** Address of the broker. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /**
     * Plays an incident.
     *
     * @param total how long that may take
     * @param tell called with a line for everything worth a look
     * @return what was concluded
     */
    public Conclusions play(IncidentBundle bundle, Duration total, Consumer<String> tell) throws InterruptedException {
        Duration observed =
                Duration.between(bundle.manifest().start(), bundle.manifest().end());
        ExecutorService publishing = Executors.newSingleThreadExecutor();
        Future<?> published = publishing.submit(() -> publish(bundle, Pacing.compressed(observed, total)));
        News news = new News();
        try (Listener listener = new Listener(installation.settings(), catalogue.serdes())) {
            listen(listener, published, value -> news.of(value).ifPresent(tell));
            return listener.conclusions();
        } finally {
            publishing.shutdownNow();
        }
    }

    /** Until everything has been published and has had time to settle. */
    private void listen(Listener listener, Future<?> published, Consumer<SpecificRecord> tell)
            throws InterruptedException {
        Instant deadline = null;
        while (deadline == null || clock.instant().isBefore(deadline)) {
            listener.poll(tell);
            applications.forEach(Application::requireHealthy);
            if (published.isDone()) {
                deadline = deadline == null ? publishedAt(published).plus(SETTLE) : deadline;
                if (settled(listener.conclusions())) {
                    return;
                }
            }
        }
    }

    private Instant publishedAt(Future<?> published) throws InterruptedException {
        try {
            published.get();
            return clock.instant();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the facts could not be published: " + e.getCause().getMessage(), e);
        }
    }

    private void publish(IncidentBundle bundle, Pacing pacing) {
        try (KafkaPublisher publisher = new KafkaPublisher(installation.settings(), catalogue.serdes(), clock)) {
            publisher.publish(bundle.publications(), pacing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every pod that waited has its identity and every fault is over; what stays open is waited for until the deadline. */
    private static boolean settled(Conclusions conclusions) {
        boolean pods = conclusions.findings().stream().map(Finding::getState).allMatch(IdentityState.RECOVERED::equals);
        boolean faults =
                conclusions.incidents().stream().map(Incident::getClosedAt).allMatch(end -> end != null);
        boolean answered =
                conclusions.results().size() >= conclusions.commands().size();
        return !conclusions.incidents().isEmpty() && pods && faults && answered;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        applications.forEach(Application::close);
        kafka.close();
        state.close();
    }
}
