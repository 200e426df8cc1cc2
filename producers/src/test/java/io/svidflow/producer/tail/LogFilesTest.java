package io.svidflow.producer.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.SourceFailure;
import io.svidflow.event.SvidFetchEvent;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.InterposedOutlets;
import io.svidflow.producer.live.RecordingOutlets;
import io.svidflow.producer.live.RecordingOutlets.Recording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {

    private static final Source NODE_1 = AgentLines.NODE_1;
    private static final String UID = "1b4c0f6e-6d2a-4d52-8f2b-0c5a2b6d7e8f";

    @TempDir
    private Path root;

    private final Instant start = Instant.now();
    private Duration passed = Duration.ZERO;
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return start.plus(passed);
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    };

    private RecordingOutlets outlets = new RecordingOutlets("lab");
    private LogFilesReader reader;
    private Path log;
    private long pid;

    @BeforeEach
    void openAgentLog() {
        log = root.resolve("agent.log");
        read("agent.log", "node-1");
    }

    @AfterEach
    void closeReader() {
        reader.close();
    }

    @Test
    void shouldReadWhatIsAddedAndPromiseUpToTheMargin() throws Exception {
        write(log, 2);
        reader.look();
        pass(5);
        write(log, 1);
        reader.look();

        assertThat(pids()).containsExactly(1L, 2L, 3L);
        assertThat(agent().lastPosition().orElseThrow().until())
                .isEqualTo(clock.instant().minus(LogFilesConfig.DEFAULT_MARGIN));
    }

    @Test
    void shouldPromiseForAQuietLogThatWasReadToItsEnd() throws Exception {
        write(log, 1);
        reader.look();
        pass(60);
        reader.look();

        assertThat(agent().lastPosition().orElseThrow().until())
                .isEqualTo(clock.instant().minusSeconds(2));
    }

    @Test
    void shouldWaitForTheEndOfALine() throws Exception {
        write(log, 1);
        String line = next();
        append(log, line.substring(0, 40));
        reader.look();

        assertThat(pids()).containsExactly(1L);
        assertThat(agent().lastPosition()).as("a line is on its way").isEmpty();

        append(log, line.substring(40) + "\n");
        reader.look();

        assertThat(pids()).containsExactly(1L, 2L);
        assertThat(agent().lastPosition()).isPresent();
    }

    @Test
    void shouldGoOnInTheRenamedFileAndThenInTheNewOne() throws Exception {
        write(log, 2);
        reader.look();
        write(log, 1);
        Files.move(log, root.resolve("agent.log.20261123-054151"));
        write(log, 2);
        reader.look();

        assertThat(pids()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(agent().gaps()).isEmpty();
    }

    @Test
    void shouldFindTheRestInTheCopyOfALogThatWasTruncated() throws Exception {
        write(log, 2);
        reader.look();
        write(log, 1);
        Files.copy(log, root.resolve("agent.log.1"));
        truncate(log);
        write(log, 2);
        reader.look();

        assertThat(pids()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(agent().gaps()).isEmpty();
    }

    @Test
    void shouldNotReadACopyThatIsMadeBeforeTheLogIsTruncated() throws Exception {
        write(log, 2);
        reader.look();
        Files.copy(log, root.resolve("agent.log.1"));
        reader.look();
        truncate(log);
        reader.look();

        assertThat(pids()).containsExactly(1L, 2L);
        assertThat(agent().gaps()).isEmpty();
    }

    @Test
    void shouldReadALogThatIsWrittenOnBehindAHoleAfterItWasTruncated() throws Exception {
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            writer.write(StandardCharsets.UTF_8.encode(next() + "\n" + next() + "\n"));
            reader.look();
            Files.copy(log, root.resolve("agent.log.1"));
            truncate(log);
            writer.write(StandardCharsets.UTF_8.encode(next() + "\n"));
            reader.look();
            writer.write(StandardCharsets.UTF_8.encode(next() + "\n"));
            reader.look();
        }

        assertThat(pids()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(agent().deadLetters()).isEmpty();
    }

    @Test
    void shouldReportAGapWhenALogIsTruncatedAndNoCopyIsLeft() throws Exception {
        write(log, 2);
        reader.look();
        pass(5);
        truncate(log);
        write(log, 1);
        reader.look();

        assertThat(pids()).containsExactly(1L, 2L, 3L);
        assertThat(agent().gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.from()).isEqualTo(start.minusSeconds(2));
            assertThat(gap.to()).isEqualTo(clock.instant().minusSeconds(2));
        });
    }

    @Test
    void shouldReadARemovedFileToItsEnd() throws Exception {
        write(log, 1);
        reader.look();
        write(log, 1);
        Files.delete(log);
        reader.look();
        write(log, 1);
        reader.look();
        pass(60);
        reader.look();

        assertThat(pids()).containsExactly(1L, 2L, 3L);
        assertThat(agent().gaps()).isEmpty();
    }

    @Test
    void shouldReadWhatWasRotatedAndCompressedWhileNobodyLooked() throws Exception {
        write(log, 2);
        reader.look();
        write(log, 1);
        compress(log, root.resolve("agent.log.2.gz"));
        write(log, 1);
        compress(log, root.resolve("agent.log.1.gz"));
        write(log, 1);
        restart();
        reader.look();

        assertThat(pids()).containsExactlyInAnyOrder(3L, 4L, 5L);
        assertThat(agent().gaps()).isEmpty();
    }

    @Test
    void shouldReportAGapForWhatWasRotatedAwayWhileNobodyLooked() throws Exception {
        write(log, 2);
        reader.look();
        restart();
        Files.delete(log);
        write(log, 1);
        pass(600);
        reader.look();

        assertThat(pids()).containsExactly(3L);
        assertThat(agent().gaps()).hasSize(1);
    }

    @Test
    void shouldGoOnAfterARestartWithoutLossOrRepetition() throws Exception {
        write(log, 3);
        reader.look();
        restart();
        write(log, 2);
        reader.look();

        assertThat(pids()).containsExactly(4L, 5L);
    }

    @Test
    void shouldTakePodAndRestartsFromThePathOfTheContainerRuntime() throws Exception {
        Path pods = root.resolve("pods");
        Path container = Files.createDirectories(pods.resolve("spire_spire-server-0_" + UID + "/spire-server"));
        read("pods/spire_spire-server-*/spire-server/*.log", SourceKind.SERVER_LOG, "");
        server(container.resolve("0.log"), "Starting Server APIs");
        reader.look();
        server(container.resolve("1.log"), "Starting Server APIs");
        reader.look();

        Recording recording = outlets.of(new Source(SourceKind.SERVER_LOG, "spire-server-0"));
        assertThat(recording.facts()).hasSize(2);
        assertThat(recording.facts().get(1).value().toString()).contains("/spire-server/1.log");
    }

    @Test
    void shouldFollowTheLinksOfTheContainerRuntime() throws Exception {
        Path container = Files.createDirectories(root.resolve("elsewhere/0"));
        Path containers = Files.createDirectories(root.resolve("containers"));
        Path link = containers.resolve("spire-server-0_spire_spire-server-" + "a".repeat(64) + ".log");
        server(container.resolve("0.log"), "Starting Server APIs");
        Files.createSymbolicLink(link, container.resolve("0.log"));
        read("containers/spire-server-*_spire_spire-server-*.log", SourceKind.SERVER_LOG, "");
        reader.look();
        Files.move(container.resolve("0.log"), container.resolve("0.log.20261123-054151"));
        pass(1);
        server(container.resolve("0.log"), "Starting Server APIs");
        reader.look();

        assertThat(outlets.of(new Source(SourceKind.SERVER_LOG, "spire-server-0"))
                        .facts())
                .hasSize(2);
    }

    @Test
    void shouldReleaseAPodWhoseFolderIsGone() throws Exception {
        Path container = Files.createDirectories(root.resolve("pods/spire_spire-server-0_" + UID + "/spire-server"));
        read("pods/spire_spire-server-*/spire-server/*.log", SourceKind.SERVER_LOG, "");
        server(container.resolve("0.log"), "Starting Server APIs");
        reader.look();
        Files.delete(container.resolve("0.log"));
        Files.delete(container);
        reader.look();
        pass(60);
        reader.look();

        assertThat(outlets.released()).containsExactly(new Source(SourceKind.SERVER_LOG, "spire-server-0"));
    }

    @Test
    void shouldTellTheNodeByThePath() throws Exception {
        Files.createDirectories(root.resolve("node-7"));
        read("{member}/agent.log", SourceKind.AGENT_LOG, "");
        write(root.resolve("node-7/agent.log"), 1);
        reader.look();

        assertThat(outlets.of(new Source(SourceKind.AGENT_LOG, "node-7")).facts())
                .hasSize(1);
    }

    @Test
    void shouldJoinTheLinesThatTheRuntimeHasSplit() throws Exception {
        String line = next();
        Instant at = clock.instant();
        append(log, at + " stderr P " + line.substring(0, 50) + "\n");
        reader.look();
        assertThat(agent().lastPosition()).isEmpty();

        append(log, at + " stderr F " + line.substring(50) + "\n");
        reader.look();

        assertThat(pids()).containsExactly(1L);
        assertThat(agent().deadLetters()).isEmpty();
        assertThat(((SvidFetchEvent) agent().facts().get(0).value())
                        .getHeader()
                        .getOrigin()
                        .getLine())
                .isEqualTo(1L);
    }

    @Test
    void shouldKeepAsADeadLetterWhatARotatedFileEndsWith() throws Exception {
        write(log, 1);
        append(log, "time=\"" + clock.instant() + "\" level=info msg=\"Someth");
        Path rotated = root.resolve("agent.log.1");
        Files.move(log, rotated);
        write(log, 1);
        Files.setLastModifiedTime(rotated, FileTime.from(start.minusSeconds(30)));
        reader.look();

        assertThat(agent().deadLetters()).singleElement().asString().contains("agent.log.1");
        assertThat(pids()).containsExactly(1L, 2L);
    }

    @Test
    void shouldCallLinesFromLongBeforeTheFirstStartHistory() throws Exception {
        append(log, AgentLines.refused(start.minusSeconds(7200), 77) + "\n");
        append(log, "what was broken then is nobody's concern\n");
        write(log, 1);
        reader.look();

        assertThat(pids()).containsExactly(1L);
        assertThat(agent().deadLetters()).isEmpty();
    }

    @Test
    void shouldKeepALineFromTheFutureAsADeadLetter() throws Exception {
        append(log, AgentLines.refused(start.plus(Duration.ofDays(3)), 77) + "\n");
        reader.look();

        assertThat(agent().facts()).isEmpty();
        assertThat(agent().deadLetters()).singleElement().asString().contains("wrong clock");
    }

    @Test
    void shouldSayThatNothingCanBeReadAndPromiseNothing() throws Exception {
        read("nowhere/agent.log", "node-1");
        reader.look();
        reader.look();

        assertThat(agent().lastPosition()).isEmpty();
        assertThat(agent().facts()).singleElement().satisfies(fact -> assertThat(
                        ((SourceFailure) ((AgentEvent) fact.value()).getBody()).getError())
                .contains("nowhere", "mounted"));
    }

    @Test
    void shouldStopReadingWhileNobodyTakesTheFacts() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        InterposedOutlets blocked = new InterposedOutlets(outlets, () -> {
            attempts.incrementAndGet();
            taken.await();
        });
        write(log, 3_000);
        LogFilesConfig config =
                LogFilesConfig.of(List.of(new LogRule(root + "/agent.log", SourceKind.AGENT_LOG, "node-1")));
        try (LogFilesReader starved = new LogFilesReader(config, blocked, AgentLines.MAPPERS, clock)) {
            Thread looking = new Thread(() -> {
                try {
                    starved.look();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            looking.start();
            Awaitility.await().until(() -> attempts.get() == 1);
            Files.move(log, root.resolve("agent.log.1"));
            write(log, 1);

            assertThat(attempts).as("the first batch waits").hasValue(1);
            assertThat(agent().lastPosition()).isEmpty();
            taken.countDown();
            looking.join();
            pass(1);
            starved.look();
        }

        assertThat(pids()).hasSize(3_001).doesNotHaveDuplicates();
        assertThat(agent().gaps()).isEmpty();
    }

    @Test
    void shouldReportNoTroubleWhenItIsAskedToStop() throws Exception {
        write(log, 1);
        reader.look();
        write(log, 1);
        Files.move(log, root.resolve("agent.log.1"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(reader::look).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(agent().facts()).hasSize(1);
        assertThat(agent().gaps()).isEmpty();
    }

    @Test
    void shouldReleaseAPodWhoseFolderWentWhileNobodyLooked() throws Exception {
        String glob = "pods/spire_spire-server-*/spire-server/*.log";
        Source server0 = new Source(SourceKind.SERVER_LOG, "spire-server-0");
        Path container = Files.createDirectories(root.resolve("pods/spire_spire-server-0_" + UID + "/spire-server"));
        read(glob, SourceKind.SERVER_LOG, "", "node-1");
        server(container.resolve("0.log"), "Starting Server APIs");
        reader.look();
        Files.delete(container.resolve("0.log"));
        Files.delete(container);
        pass(60);
        outlets = outlets.restart();

        read(glob, SourceKind.SERVER_LOG, "", "node-2");
        reader.look();
        assertThat(outlets.released()).as("the logs of another node").isEmpty();

        read(glob, SourceKind.SERVER_LOG, "", "node-1");
        reader.look();
        assertThat(outlets.released()).containsExactly(server0);
        assertThat(outlets.of(server0).gaps()).as("its last lines").hasSize(1);
    }

    @Test
    void shouldCheckThePathsBeforeItStarts() throws Exception {
        LogRule missing = new LogRule(root + "/nowhere/*.log", SourceKind.AGENT_LOG, "node-1");
        LogRule none = new LogRule(root + "/agent.log", SourceKind.AGENT_LOG, "node-1");

        assertThat(new LogFiles(LogFilesConfig.of(List.of(missing, none)), AgentLines.MAPPERS, clock).check())
                .satisfiesExactly(
                        first -> assertThat(first).contains("/nowhere: no such folder"),
                        second -> assertThat(second).contains("no file matches", "agent.log"));

        write(log, 1);
        assertThat(new LogFiles(LogFilesConfig.of(List.of(none)), AgentLines.MAPPERS, clock).check())
                .isEmpty();
    }

    /** On a machine whose tests run as root too: nobody may read what only a kernel is told. */
    @Test
    void shouldSayThatAFileMayNotBeReadPromiseNothingAndGoOnWhenItMay() throws Exception {
        write(log, 1);
        Path allowed = root.resolve("allowed");
        Files.move(log, allowed);
        refuse(log);
        reader.look();
        pass(30);
        reader.look();

        assertThat(agent().facts()).as("once a minute").singleElement().satisfies(fact -> {
            SourceFailure failure = (SourceFailure) ((AgentEvent) fact.value()).getBody();
            assertThat(failure.getOperation()).isEqualTo("ReadLog");
            assertThat(failure.getError()).endsWith(": permission denied; run as root, or as a group that may read it");
        });
        assertThat(agent().lastPosition()).isEmpty();
        assertThat(source("agent.log").check()).singleElement().asString().contains(": permission denied");

        pass(31);
        reader.look();
        assertThat(agent().facts()).hasSize(2);
        Files.delete(log);
        Files.move(allowed, log);
        reader.look();

        assertThat(pids()).containsExactly(1L);
        assertThat(agent().lastPosition()).isPresent();
        assertThat(source("agent.log").check()).isEmpty();
    }

    @Test
    void shouldPromiseNothingMoreWhenAFileMayNoLongerBeRead() throws Exception {
        write(log, 1);
        reader.look();
        Instant promised = agent().lastPosition().orElseThrow().until();
        Path allowed = root.resolve("allowed");
        Files.move(log, allowed);
        refuse(log);
        pass(5);
        reader.look();
        assertThat(agent().lastPosition().orElseThrow().until()).isEqualTo(promised);

        Files.delete(log);
        Files.move(allowed, log);
        write(log, 1);
        reader.look();
        assertThat(pids()).containsExactly(1L, 2L);
        assertThat(agent().lastPosition().orElseThrow().until()).isAfter(promised);
        assertThat(agent().gaps()).isEmpty();
    }

    /** Root may read every file of its own, so that for root there is one that the kernel lets nobody read. */
    private static void refuse(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(Set.of()));
        if (Files.isReadable(file)) {
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of("/proc/sys/vm/drop_caches"));
        }
        assumeThat(Files.isReadable(file))
                .as("there is a file that may not be read")
                .isFalse();
    }

    private LogFiles source(String glob) {
        LogRule rule = new LogRule(root + "/" + glob, SourceKind.AGENT_LOG, "node-1");
        return new LogFiles(LogFilesConfig.of(List.of(rule)), AgentLines.MAPPERS, clock);
    }

    private void read(String glob, String member) {
        read(glob, SourceKind.AGENT_LOG, member);
    }

    private void read(String glob, SourceKind kind, String member, String node) {
        if (reader != null) {
            reader.close();
        }
        LogFilesConfig config = new LogFilesConfig(
                List.of(new LogRule(root + "/" + glob, kind, member)),
                LogFilesConfig.DEFAULT_POLL,
                LogFilesConfig.DEFAULT_MARGIN,
                LogFilesConfig.DEFAULT_LOOK_BACK,
                Optional.of(node));
        reader = new LogFilesReader(config, outlets, AgentLines.MAPPERS, clock);
    }

    private void read(String glob, SourceKind kind, String member) {
        read(glob, kind, member, "node-1");
    }

    private void restart() {
        outlets = outlets.restart();
        read("agent.log", "node-1");
    }

    private void pass(int seconds) {
        passed = passed.plusSeconds(seconds);
    }

    private Recording agent() {
        return outlets.of(NODE_1);
    }

    private List<Long> pids() {
        return AgentLines.pids(agent().facts());
    }

    private String next() {
        pid++;
        return AgentLines.refused(clock.instant().plusNanos(pid * 1000), pid);
    }

    private void write(Path file, int lines) throws IOException {
        for (int i = 0; i < lines; i++) {
            append(file, next() + "\n");
        }
    }

    private void server(Path file, String message) throws IOException {
        append(
                file,
                clock.instant() + " stderr F time=\"" + clock.instant() + "\" level=info msg=\"" + message + "\"\n");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void truncate(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    private static void compress(Path from, Path to) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
            Files.copy(from, out);
        }
        Files.delete(from);
    }
}
