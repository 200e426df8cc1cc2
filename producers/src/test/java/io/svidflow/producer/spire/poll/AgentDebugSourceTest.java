package io.svidflow.producer.spire.poll;

import static io.svidflow.producer.spire.poll.Running.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.InterposedOutlets;
import io.svidflow.producer.live.RecordingOutlets;
import io.svidflow.producer.spire.api.DebugGrpc;
import io.svidflow.producer.spire.api.GetInfoRequest;
import io.svidflow.producer.spire.api.GetInfoResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentDebugSourceTest {

    private static final Source AGENT = new Source(SourceKind.AGENT_DEBUG, "node-1");
    private static final PollSettings QUICK =
            new PollSettings(Duration.ofMillis(40), Duration.ofSeconds(2), Duration.ofSeconds(2), 1);

    private RecordingOutlets outlets = new RecordingOutlets("lab");

    private final FakeAgent agent = new FakeAgent();
    private FakeHealth health;
    private Running running;

    @AfterEach
    void end() throws InterruptedException {
        if (running != null) {
            running.stop();
        }
        agent.close();
        if (health != null) {
            health.close();
        }
    }

    @Test
    void shouldTellWhenTheAgentLastSynchronised() {
        run();
        await().untilAsserted(() -> assertThat(bodies(AgentStatus.class)).hasSizeGreaterThan(1));

        assertThat(bodies(AgentStatus.class).get(0).getLastSyncSuccess())
                .isEqualTo(Instant.ofEpochSecond(1_738_801_570L));
        assertThat(bodies(AgentStatus.class).get(0).getCachedSvids()).isEqualTo(3);
        assertThat(outlets.of(AGENT).facts())
                .allSatisfy(fact -> assertThat(fact.key()).isEqualTo("lab/node-1"));
    }

    @Test
    void shouldTellThatTheAgentDoesNotAnswerAndGoOnPromising() {
        run();
        await().untilAsserted(() -> assertThat(bodies(AgentStatus.class)).isNotEmpty());
        agent.close();
        await().untilAsserted(() -> assertThat(bodies(SourceFailure.class)).hasSizeGreaterThan(1));
        Instant promised = promised();
        await().until(() -> promised().isAfter(promised));

        SourceFailure failure = bodies(SourceFailure.class).get(0);
        assertThat(failure.getOperation()).isEqualTo("GetInfo");
        assertThat(failure.getError()).startsWith("rpc error: code = Unavailable desc = ");

        int before = bodies(AgentStatus.class).size();
        agent.start();
        await().untilAsserted(() -> assertThat(bodies(AgentStatus.class)).hasSizeGreaterThan(before));
    }

    @Test
    void shouldGoOnWithLaterFactsAfterARestart() throws InterruptedException {
        run();
        await().untilAsserted(() -> assertThat(bodies(AgentStatus.class)).hasSizeGreaterThan(1));
        running.stop();
        Instant promised = promised();

        outlets = outlets.restart();
        run();
        await().untilAsserted(() -> assertThat(bodies(AgentStatus.class)).hasSizeGreaterThan(1));

        assertThat(outlets.of(AGENT).facts())
                .allSatisfy(fact -> assertThat(fact.observedAt()).isAfter(promised));
        assertThat(outlets.of(AGENT).gaps()).isEmpty();
    }

    @Test
    void shouldStopAskingWhileNobodyTakesTheFacts() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        running = new Running(source(), new InterposedOutlets(outlets, () -> {
            attempts.incrementAndGet();
            taken.await();
        }));
        await().until(() -> attempts.get() == 1);

        assertThat(outlets.of(AGENT).lastPosition()).isEmpty();
        taken.countDown();
        await().untilAsserted(() -> assertThat(bodies(AgentStatus.class)).hasSizeGreaterThan(1));
    }

    @Test
    void shouldSayThatThisIsNotTheAdminSocket() throws InterruptedException {
        FakeSpire server = new FakeSpire().start();
        List<String> problems =
                new AgentDebugSource("node-1", server.endpoint(), Optional.empty(), QUICK, Clock.systemUTC()).check();
        server.close();

        assertThat(problems)
                .singleElement()
                .asString()
                .contains("code = Unimplemented")
                .contains("agent.admin_socket_path");
    }

    @Test
    void shouldTellWhenTheAgentFallsIllAndRecovers() throws IOException {
        health = new FakeHealth();
        run();
        await().untilAsserted(() -> assertThat(bodies(AgentStatus.class)).hasSizeGreaterThan(1));
        assertThat(bodies(AgentSignal.class)).isEmpty();

        health.complaint = "{\"agent\":{\"make_new_x509_err\":\"workload api is unavailable\"}}";
        await().untilAsserted(() -> assertThat(bodies(AgentSignal.class)).hasSize(1));
        health.complaint = null;
        await().untilAsserted(() -> assertThat(bodies(AgentSignal.class)).hasSize(2));

        assertThat(bodies(AgentSignal.class).get(0).getKind()).isEqualTo(AgentSignalKind.UNHEALTHY);
        assertThat(bodies(AgentSignal.class).get(0).getError())
                .isEqualTo("/ready answers 503: {\"agent\":{\"make_new_x509_err\":\"workload api is unavailable\"}}");
        assertThat(bodies(AgentSignal.class).get(1).getKind()).isEqualTo(AgentSignalKind.HEALTHY);
    }

    @Test
    void shouldTellThatTheHealthEndpointIsGoneAndStillWhatTheAgentSays() throws Exception {
        health = new FakeHealth();
        health.close();
        run();
        await().untilAsserted(() -> assertThat(bodies(SourceFailure.class)).isNotEmpty());

        assertThat(bodies(SourceFailure.class).get(0).getOperation()).isEqualTo("AgentHealth");
        await().untilAsserted(() -> assertThat(bodies(AgentStatus.class)).hasSizeGreaterThan(1));
        assertThat(source().check()).singleElement().asString().contains("health_checks.listener_enabled");
    }

    @Test
    void shouldGoOnWhenTheHealthEndpointNeverEndsItsAnswer() throws Exception {
        try (EndlessHttp endless = EndlessHttp.trickling()) {
            AgentHealth never = new AgentHealth(endless.url(), Duration.ofMillis(200));
            AgentDebugSource source =
                    new AgentDebugSource("node-1", agent.endpoint(), Optional.of(never), QUICK, Clock.systemUTC());
            running = new Running(source, outlets);
            await().untilAsserted(() -> assertThat(bodies(SourceFailure.class)).hasSizeGreaterThan(1));

            assertThat(bodies(SourceFailure.class).get(0).getOperation()).isEqualTo("AgentHealth");
            assertThat(bodies(SourceFailure.class).get(0).getError())
                    .isEqualTo("/live has not answered in full for 100 ms");
            assertThat(bodies(AgentStatus.class)).hasSizeGreaterThan(1);
            assertThat(promised()).isNotNull();
            assertThat(source.check()).singleElement().asString().contains("has not answered in full");
        }
    }

    private void run() {
        running = new Running(source(), outlets);
    }

    private AgentDebugSource source() {
        return new AgentDebugSource(
                "node-1",
                agent.endpoint(),
                Optional.ofNullable(health).map(FakeHealth::client),
                QUICK,
                Clock.systemUTC());
    }

    private Instant promised() {
        return outlets.of(AGENT).lastPosition().orElseThrow().until();
    }

    private <T> List<T> bodies(Class<T> type) {
        return outlets.of(AGENT).facts().stream()
                .map(fact -> ((AgentEvent) fact.value()).getBody())
                .flatMap(body -> type.isInstance(body) ? Stream.of(type.cast(body)) : Stream.empty())
                .toList();
    }

    /** A healthy agent. */
    private static final class FakeAgent extends FakeSpire {
        FakeAgent() {
            start();
        }

        @Override
        List<BindableService> services() {
            return List.of(new DebugGrpc.DebugImplBase() {
                @Override
                public void getInfo(GetInfoRequest request, StreamObserver<GetInfoResponse> to) {
                    to.onNext(GetInfoResponse.newBuilder()
                            .addSvidChain(GetInfoResponse.Cert.newBuilder()
                                    .setId(Samples.agent(1).getId())
                                    .setExpiresAt(1_738_805_170L))
                            .setUptime(60)
                            .setLastSyncSuccess(1_738_801_570L)
                            .setCachedX509SvidsCount(3)
                            .build());
                    to.onCompleted();
                }
            });
        }
    }

    /** The health endpoint of an agent: live at all times, ready unless there is a complaint. */
    private static final class FakeHealth implements AutoCloseable {
        private final HttpServer server;
        private volatile String complaint;

        FakeHealth() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                boolean ready =
                        complaint == null || exchange.getRequestURI().getPath().equals("/live");
                byte[] body = (ready ? "{}" : complaint).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(ready ? 200 : 503, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        AgentHealth client() {
            return new AgentHealth(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Duration.ofSeconds(2));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
