package io.svidflow.cli.capture;

import io.svidflow.cli.run.News;
import io.svidflow.cli.run.TemporaryFolder;
import io.svidflow.cli.watch.Watch;
import io.svidflow.producer.capture.Capture;
import io.svidflow.producer.capture.RawFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Observes a live cluster for a while, with a broker in this process, and keeps what was seen. */
public final class LiveCapture implements AutoCloseable {

    private final Clock clock;
    private final PrintWriter out;
    private final TemporaryFolder folder = TemporaryFolder.create("svidflow-raw");
    private final RawFolder raw = new RawFolder(folder.path());

    /** @param out where it is told what happens meanwhile */
    public LiveCapture(Clock clock, PrintWriter out) {
        this.clock = clock;
        this.out = out;
    }

    /**
     * Observes, and says what is concluded as it happens.
     *
     * @param file the configuration
     * @param length how long
     * @throws io.svidflow.cli.BadInput with everything that is wrong with the configuration
     * @throws IllegalStateException if nothing was observed
     */
    public Capture observe(Optional<Path> file, Map<String, String> environment, Duration length)
            throws InterruptedException {
        out.println("starting a broker and the topologies ...");
        try (Watch watch = new Watch(file, environment, Optional.of(raw), clock, out)) {
            watch.check();
            watch.observe();
            News news = new News();
            Instant end = clock.instant().plus(length);
            while (clock.instant().isBefore(end)) {
                watch.listen(value -> news.of(value).ifPresent(line -> {
                    out.println(line);
                    out.flush();
                }));
            }
            out.println("pods that waited too long: "
                    + watch.conclusions().findings().size() + ", faults: "
                    + watch.conclusions().incidents().size());
            return watch.capture(end);
        } finally {
            raw.close();
        }
    }

    /**
     * Puts the objects and logs that were observed beside a capture that has been written.
     *
     * @return whether they are there
     */
    public boolean writeRaw(Path bundle) {
        if (!raw.whole()) {
            out.println("objects and logs could not be recorded in full, and were left out; the facts are complete");
            return false;
        }
        try (Stream<Path> files = Files.walk(folder.path())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = bundle.resolve(folder.path().relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + bundle + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
