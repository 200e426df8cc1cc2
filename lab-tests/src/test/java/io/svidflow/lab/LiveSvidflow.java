package io.svidflow.lab;

import static org.awaitility.Awaitility.await;

import io.svidflow.cli.capture.FactTopics;
import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.replay.Replay;
import io.svidflow.cli.run.Application;
import io.svidflow.cli.run.Applications;
import io.svidflow.cli.run.Installation;
import io.svidflow.cli.run.TopicSetup;
import io.svidflow.cli.source.Producers;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import io.svidflow.producer.capture.CaptureFolder;
import io.svidflow.producer.capture.Capturing;
import io.svidflow.producer.capture.Stretch;
import io.svidflow.serde.EventSerdes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The whole of svidflow in this process: a broker, the producers as configured by a file, both stages, an observer. */
final class LiveSvidflow implements AutoCloseable {

    private static final int PARTITIONS = 3;
    private static final Duration START = Duration.ofSeconds(90);

    private final EmbeddedKafka kafka = new EmbeddedKafka().start();
    private final Map<String, Object> settings = new HashMap<>();
    private final EventSerdes serdes;
    private final List<Application> stages;
    private final Observer observer;
    private final Thread producers;
    private final int port = freePort();
    private volatile RuntimeException failure;

    /**
     * Starts everything and returns when every source has been heard of.
     *
     * @param folder for its configuration and state
     */
    static LiveSvidflow start(Path folder) throws IOException, InterruptedException {
        LiveSvidflow svidflow = new LiveSvidflow(folder);
        try {
            await().atMost(START).until(svidflow::ready);
            return svidflow;
        } catch (RuntimeException e) {
            svidflow.close();
            throw e;
        }
    }

    private LiveSvidflow(Path folder) throws IOException, InterruptedException {
        String registry = "mock://lab-" + UUID.randomUUID();
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("schema.registry.url", registry);
        TopicSetup.create(settings, PARTITIONS);
        Installation installation =
                new Installation(settings, folder.resolve("state").toString(), PARTITIONS);
        Applications applications = new Applications(installation);
        serdes = applications.serdes();
        observer = new Observer(settings, serdes);
        stages = List.of(applications.identity(), applications.incident());
        stages.forEach(Application::start);
        for (Application stage : stages) {
            stage.awaitRunning(START);
        }
        Path configuration = folder.resolve("svidflow.yaml");
        Files.writeString(configuration, ProducerConfiguration.of(settings, PARTITIONS, port));
        producers = new Thread(() -> observe(configuration), "producers");
        producers.start();
    }

    /** Who listens to what is concluded. */
    Observer observer() {
        requireHealthy();
        return observer;
    }

    /** Captures everything up to an instant, as {@code svidflow capture} does. */
    IncidentBundle capture(Instant to, Path folder) throws IOException, InterruptedException {
        Capturing capturing = new Capturing(new Stretch(Instant.MIN, to), Optional.empty());
        try (FactTopics topics = new FactTopics(settings, serdes)) {
            topics.read(capturing, read -> {});
        }
        CaptureFolder.write(capturing.finish(), folder);
        return new BundleReader().read(folder);
    }

    /** What a replay concludes of a bundle. */
    static Conclusions replay(IncidentBundle bundle) {
        try (Replay replay = Replay.from(bundle.manifest().start())) {
            return replay.play(bundle.publications());
        }
    }

    void requireHealthy() {
        if (failure != null) {
            throw new IllegalStateException("the producers have failed", failure);
        }
        stages.forEach(Application::requireHealthy);
    }

    @Override
    public void close() throws InterruptedException {
        producers.interrupt();
        producers.join();
        observer.close();
        stages.forEach(Application::close);
        kafka.close();
    }

    private boolean ready() {
        requireHealthy();
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ready"))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void observe(Path configuration) {
        try {
            new Producers(
                            Optional.of(configuration),
                            Map.of(),
                            Clock.systemUTC(),
                            new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                    .run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }
}
