package io.svidflow.lab;

import static org.awaitility.Awaitility.await;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.replay.Replay;
import io.svidflow.cli.watch.Watch;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import io.svidflow.producer.capture.CaptureFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** {@code svidflow watch} with the configuration that lies beside the laboratory, and somebody who listens. */
final class LiveSvidflow implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);

    private final Readiness readiness = new Readiness();
    private final Watch watch;
    private final Observer observer;

    /**
     * Starts everything and returns when every source has been heard of.
     *
     * @param folder for its configuration
     */
    static LiveSvidflow start(Path folder) throws IOException, InterruptedException {
        LiveSvidflow svidflow = new LiveSvidflow(folder);
        try {
            await().atMost(START).until(svidflow.readiness::reached);
            return svidflow;
        } catch (RuntimeException e) {
            svidflow.close();
            throw e;
        }
    }

    private LiveSvidflow(Path folder) throws IOException, InterruptedException {
        watch = new Watch(
                Optional.of(Laboratory.configuration(folder)),
                Map.of("SVIDFLOW_HTTP_LISTEN", readiness.address()),
                Clock.systemUTC(),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        observer = new Observer(watch);
        watch.observe();
    }

    /** Who listens to what is concluded. */
    Observer observer() {
        return observer;
    }

    /** Captures everything up to an instant, as {@code svidflow watch --capture} does. */
    IncidentBundle capture(Instant to, Path folder) throws IOException, InterruptedException {
        CaptureFolder.write(watch.capture(to), folder);
        return new BundleReader().read(folder);
    }

    /** What a replay concludes of a bundle. */
    static Conclusions replay(IncidentBundle bundle) {
        try (Replay replay = Replay.from(bundle.manifest().start())) {
            return replay.play(bundle.publications());
        }
    }

    @Override
    public void close() throws InterruptedException {
        observer.close();
        watch.close();
    }
}
