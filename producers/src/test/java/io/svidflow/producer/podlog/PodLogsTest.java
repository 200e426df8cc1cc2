package io.svidflow.producer.podlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.svidflow.event.AgentEvent;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.InterposedOutlets;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.live.Position;
import io.svidflow.producer.live.RecordingOutlets;
import io.svidflow.producer.tail.AgentLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PodLogsTest {

    private static final Source NODE_1 = AgentLines.NODE_1;
    private static final String AGENT = "spire-agent-1";
    private static final Duration PACE = Duration.ofMillis(100);

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<Instant> times = new ArrayList<>();
    private FakeApiServer server;
    private KubernetesClient client;
    private RecordingOutlets outlets = new RecordingOutlets("lab");
    private Thread thread;
    private int lines;

    @BeforeEach
    void startServer() throws Exception {
        server = new FakeApiServer();
        client = server.client();
        server.run(AGENT, "node-1", "spire-agent");
    }

    @AfterEach
    void stop() throws InterruptedException {
        stopFollowing();
        client.close();
        server.close();
    }

    @Test
    void shouldFollowALogAndPromiseWhatItHasProven() throws Exception {
        write(2);
        follow();
        awaitPids(1, 2);
        write(1);
        awaitPids(1, 2, 3);

        Instant before = Instant.now();
        awaitUntilAfter(before.minusSeconds(2));
        assertThat(AgentLines.ids(facts()))
                .isEqualTo(AgentLines.idsOfAll(
                        List.of(
                                AgentLines.refused(times.get(0), 1),
                                AgentLines.refused(times.get(1), 2),
                                AgentLines.refused(times.get(2), 3)),
                        start));
    }

    @Test
    void shouldLoseAndRepeatNothingWhenTheConnectionBreaks() throws Exception {
        follow();
        for (int i = 0; i < 4; i++) {
            write(3);
            awaitFacts(3 * (i + 1));
            server.breakConnections();
        }
        write(1);
        awaitFacts(13);

        assertThat(AgentLines.pids(facts())).doesNotHaveDuplicates();
        assertThat(outlets.of(NODE_1).gaps()).isEmpty();
    }

    @Test
    void shouldGoOnAfterARestartOfTheProcess() throws Exception {
        write(3);
        follow();
        awaitFacts(3);
        awaitUntilAfter(start.minusSeconds(60));
        Set<String> ids = new HashSet<>(AgentLines.ids(facts()));
        stopFollowing();
        outlets = outlets.restart();
        write(2);
        follow();
        Awaitility.await().until(() -> AgentLines.pids(facts()).contains(5L));
        ids.addAll(AgentLines.ids(facts()));

        assertThat(ids).hasSize(5);
        assertThat(outlets.of(NODE_1).gaps()).isEmpty();
    }

    @Test
    void shouldReadWhatAContainerWroteBeforeItWasStartedAgain() throws Exception {
        write(1);
        follow();
        awaitFacts(1);
        server.stall(true);
        write(1);
        server.restart(AGENT);
        write(1);
        server.stall(false);
        awaitPids(1, 2, 3);

        assertThat(outlets.of(NODE_1).gaps()).isEmpty();
    }

    @Test
    void shouldReportAGapForWhatTheKubeletRotatedAway() throws Exception {
        write(1);
        follow();
        awaitFacts(1);
        awaitUntilAfter(start.minusSeconds(60));
        server.stall(true);
        write(1);
        server.rotate(AGENT);
        server.write(AGENT, start.plusSeconds(30), AgentLines.refused(start.plusSeconds(30), 9));
        server.stall(false);
        awaitPids(1, 9);

        assertThat(outlets.of(NODE_1).gaps()).hasSize(1);
    }

    @Test
    void shouldPromiseNothingWhileAConnectionBringsNothing() throws Exception {
        follow();
        awaitUntilAfter(start.minusSeconds(60));
        server.stall(true);
        write(1);
        // whoever was asked for the last line before it was written may have promised it away
        awaitQuestions(2);
        Instant promised = outlets.of(NODE_1).lastPosition().orElseThrow().until();
        awaitQuestions(10);
        assertThat(outlets.of(NODE_1).lastPosition().orElseThrow().until()).isEqualTo(promised);
        server.stall(false);

        awaitPids(1);
        awaitUntilAfter(promised);
    }

    @Test
    void shouldSayThatItIsRefusedAndGoOnWhenItIsAllowed() throws Exception {
        server.forbid(true);
        write(1);
        assertThat(source().check())
                .anySatisfy(problem -> assertThat(problem).contains("403", "allow get on pods/log"));
        follow();
        Awaitility.await().until(() -> !outlets.of(NODE_1).facts().isEmpty());

        assertThat(((SourceFailure)
                                ((AgentEvent) outlets.of(NODE_1).facts().get(0).value()).getBody())
                        .getError())
                .contains("spire/spire-agent-1/spire-agent", "allow get on pods/log");
        assertThat(outlets.of(NODE_1).lastPosition()).isEmpty();

        server.forbid(false);
        Awaitility.await().until(() -> AgentLines.pids(facts()).contains(1L));
        assertThat(source().check()).noneSatisfy(problem -> assertThat(problem).contains("403"));
    }

    @Test
    void shouldFollowPodsThatComeAndReleaseThoseThatGo() throws Exception {
        Source server0 = new Source(SourceKind.SERVER_LOG, "spire-server-0");
        follow();
        server.run("spire-server-0", "node-2", "spire-server");
        server.write("spire-server-0", start, "time=\"" + start + "\" level=info msg=\"Starting Server APIs\"");
        Awaitility.await().until(() -> outlets.of(server0).facts().size() == 1);
        server.delete("spire-server-0");
        Awaitility.await().until(() -> outlets.released().contains(server0));
    }

    @Test
    void shouldReleaseAPodThatWentWhileNobodyFollowed() throws Exception {
        Source server0 = new Source(SourceKind.SERVER_LOG, "spire-server-0");
        Source elsewhere = new Source(SourceKind.SERVER_LOG, "other-server-0");
        follow();
        server.run("spire-server-0", "node-2", "spire-server");
        server.write("spire-server-0", start, "time=\"" + start + "\" level=info msg=\"Starting Server APIs\"");
        Awaitility.await().until(() -> outlets.of(server0).lastPosition().isPresent());
        stopFollowing();
        outlets.of(elsewhere).observed(Position.at(start).with("container.other/uid/spire-server", "0 - 0"));
        outlets = outlets.restart();
        server.delete("spire-server-0");
        follow();

        Awaitility.await().until(() -> outlets.released().contains(server0));
        assertThat(outlets.of(server0).gaps()).as("its last lines").hasSize(1);
        assertThat(outlets.released()).as("another process follows that").doesNotContain(elsewhere);
    }

    @Test
    void shouldStopReadingWhileNobodyTakesTheFacts() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        String filler = " filler=" + "x".repeat(16_000);
        for (int i = 1; i <= 6_000; i++) {
            server.write(AGENT, start, AgentLines.refused(start, i) + filler);
        }
        follow(new InterposedOutlets(outlets, taken::await));
        Awaitility.await().until(() -> server.bytesSent() > 0);
        AtomicLong before = new AtomicLong(-1);
        Awaitility.await()
                .pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> before.getAndSet(server.bytesSent()) == server.bytesSent());

        assertThat(server.bytesSent()).as("of 96 MB").isLessThan(60_000_000);

        taken.countDown();
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> facts().size() == 6_000);
    }

    @Test
    void shouldCheckThatThereIsAPod() throws Exception {
        server.delete(AGENT);

        assertThat(source().check()).hasSize(2).allSatisfy(problem -> assertThat(problem)
                .contains("no pod with a container"));
    }

    private PodLogs source() {
        PodLogsConfig config = new PodLogsConfig(
                List.of(
                        new PodLogRule("spire", Map.of("app", "spire-agent"), "spire-agent", SourceKind.AGENT_LOG),
                        new PodLogRule("spire", Map.of("app", "spire-server"), "spire-server", SourceKind.SERVER_LOG)),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                PACE,
                PACE);
        return new PodLogs(config, client, AgentLines.MAPPERS, Clock.systemUTC());
    }

    private void follow() {
        follow(outlets);
    }

    private void follow(Outlets to) {
        PodLogs source = source();
        thread = new Thread(() -> {
            try {
                source.observe(to);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
    }

    private void stopFollowing() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
    }

    /** Several lines a second, some at the same time. */
    private void write(int count) {
        for (int i = 0; i < count; i++) {
            Instant at = start.plusMillis(100L * (lines / 2));
            lines++;
            times.add(at);
            server.write(AGENT, at, AgentLines.refused(at, lines));
        }
    }

    private List<Publication> facts() {
        return outlets.of(NODE_1).facts().stream()
                .filter(fact -> !(fact.value() instanceof AgentEvent))
                .toList();
    }

    /** Each of them might have been the reason for a promise. */
    private void awaitQuestions(int more) {
        int enough = server.askedForLastLines() + more;
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> server.askedForLastLines() >= enough);
    }

    private void awaitFacts(int count) {
        Awaitility.await().until(() -> facts().size() >= count);
    }

    private void awaitPids(long... pids) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(AgentLines.pids(facts()))
                .containsExactly(java.util.Arrays.stream(pids).boxed().toArray(Long[]::new)));
    }

    private void awaitUntilAfter(Instant instant) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> outlets.of(NODE_1)
                .lastPosition()
                .filter(position -> position.until().isAfter(instant))
                .isPresent());
    }
}
