package io.svidflow.producer.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.EventHeader;
import io.svidflow.event.SvidFetchEvent;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.InterposedOutlets;
import io.svidflow.producer.live.RecordingOutlets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the files, and wherever the process dies: every line is a fact, once by its id. */
class RandomRotationTest {

    private static final int RUNS = 60;
    private static final int STEPS = 60;

    @TempDir
    private Path root;

    @Test
    void shouldReadEveryLineOnceByItsId() throws Exception {
        long seed = Long.getLong("svidflow.seed", System.nanoTime());
        System.out.println("Reproduce with: -Dsvidflow.seed=" + seed);
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            Path folder = Files.createDirectory(root.resolve("run-" + run));
            new Run(folder, random).play("seed " + seed + ", run " + run);
        }
    }

    /** One log, its writer, and the processes that read it one after the other. */
    private static final class Run {

        private final Path folder;
        private final Random random;
        private final boolean container;
        private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        private final List<String> written = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private RecordingOutlets outlets = new RecordingOutlets("lab");
        private LogFilesReader reader;
        private final List<String> steps = new ArrayList<>();
        private final Map<String, String> places = new HashMap<>();
        private int restarts;
        private int rotations;
        private String tail = "";

        private Run(Path folder, Random random) {
            this.folder = folder;
            this.random = random;
            this.container = random.nextBoolean();
            open(Integer.MAX_VALUE);
        }

        private void play(String description) throws Exception {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            finishLine();
            look();
            look();
            reader.close();

            remember();
            List<String> expected = AgentLines.idsOfAll(written, start);
            Set<String> repeated = new TreeSet<>(ids);
            repeated.removeAll(expected);
            String story = description + ": " + steps + ", repeated: "
                    + repeated.stream().map(places::get).sorted().toList();
            assertThat(repeated).as(story).isEmpty();
            assertThat(ids).as(story).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(outlets.of(AgentLines.NODE_1).gaps()).as(description).isEmpty();
            assertThat(outlets.of(AgentLines.NODE_1).deadLetters())
                    .as(description)
                    .isEmpty();
        }

        private void step() throws Exception {
            int step = random.nextInt(12);
            steps.add(step + " " + restarts + ".log, line " + written.size());
            switch (step) {
                case 0, 1, 2, 3 -> write(1 + random.nextInt(20));
                case 4 -> writePart();
                case 5 -> rename();
                case 6 -> copyAndTruncate();
                case 7 -> startContainer();
                case 8 -> dieWhileLooking();
                default -> look();
            }
        }

        private Path log() {
            return folder.resolve(restarts + ".log");
        }

        /** Many lines are equal, with times in whole seconds, as agents write them by default. */
        private String line() {
            Instant at = start.plusSeconds(written.size() / 40);
            String line = AgentLines.refused(at, random.nextInt(4));
            String whole = container ? AgentLines.inContainer(at.plusNanos(written.size() * 1000L), line) : line;
            // unique, but nothing that the fact is known by
            written.add(whole + " nr=" + written.size());
            return written.get(written.size() - 1) + "\n";
        }

        private void write(int lines) throws IOException {
            finishLine();
            for (int i = 0; i < lines; i++) {
                append(line());
            }
        }

        private void writePart() throws IOException {
            finishLine();
            String line = line();
            int cut = 1 + random.nextInt(line.length() - 1);
            append(line.substring(0, cut));
            tail = line.substring(cut);
        }

        private void finishLine() throws IOException {
            append(tail);
            tail = "";
        }

        private void rename() throws IOException {
            finishLine();
            if (Files.exists(log())) {
                Path to = folder.resolve(restarts + ".log.20261123-" + String.format("%06d", rotations++));
                Files.move(log(), to);
                if (random.nextBoolean()) {
                    compress(to);
                }
            }
        }

        private void copyAndTruncate() throws Exception {
            finishLine();
            if (Files.exists(log())) {
                Path copy = folder.resolve(restarts + ".log." + rotations++);
                Files.copy(log(), copy);
                if (random.nextBoolean()) {
                    look();
                }
                try (FileChannel channel = FileChannel.open(log(), StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
                if (random.nextBoolean()) {
                    compress(copy);
                }
            }
        }

        private void startContainer() throws IOException {
            finishLine();
            restarts++;
        }

        private void look() throws InterruptedException {
            reader.look();
        }

        private void dieWhileLooking() throws InterruptedException {
            reader.close();
            open(random.nextInt(4));
            try {
                reader.look();
            } catch (Killed e) {
                // what it had published stays published
            }
            remember();
            reader.close();
            outlets = outlets.restart();
            open(Integer.MAX_VALUE);
        }

        private void open(int calls) {
            LogRule rule = new LogRule(folder + "/*.log", SourceKind.AGENT_LOG, "node-1");
            LogFilesConfig config = new LogFilesConfig(
                    List.of(rule),
                    Duration.ofMillis(1),
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(10),
                    Optional.empty());
            remember();
            if (calls == Integer.MAX_VALUE || reader == null) {
                reader = new LogFilesReader(config, outlets, AgentLines.MAPPERS, Clock.systemUTC());
            } else {
                outlets = outlets.restart();
                reader = new LogFilesReader(
                        config, new InterposedOutlets(outlets, killed(calls)), AgentLines.MAPPERS, Clock.systemUTC());
            }
        }

        private static InterposedOutlets.Step killed(int calls) {
            AtomicInteger left = new AtomicInteger(calls);
            return () -> {
                if (left.getAndDecrement() == 0) {
                    throw new Killed();
                }
            };
        }

        private void remember() {
            for (Publication fact : outlets.of(AgentLines.NODE_1).facts()) {
                if (!(fact.value() instanceof SvidFetchEvent event)) {
                    // nothing to read yet
                    continue;
                }
                EventHeader header = event.getHeader();
                ids.add(header.getId());
                places.merge(
                        header.getId(),
                        folder.relativize(Path.of(header.getOrigin().getLocation())) + ":"
                                + header.getOrigin().getLine() + " at " + header.getEventTime(),
                        (one, other) -> one.equals(other) ? one : one + " = " + other);
            }
        }

        private void append(String text) throws IOException {
            if (!text.isEmpty()) {
                Files.writeString(log(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }

        private static void compress(Path file) throws IOException {
            Path compressed = file.resolveSibling(file.getFileName() + ".gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
                Files.copy(file, out);
            }
            Files.setLastModifiedTime(compressed, Files.getLastModifiedTime(file));
            Files.delete(file);
        }
    }

    private static final class Killed extends RuntimeException {}
}
