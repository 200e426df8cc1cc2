package io.svidflow.producer.spire.poll;

import static io.svidflow.producer.spire.poll.Running.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.RecordingOutlets;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent without an admin socket, asked by its metrics. */
class AgentMetricsTest {

    private static final Source AGENT = new Source(SourceKind.AGENT_DEBUG, "node-1");
    private static final PollSettings QUICK =
            new PollSettings(Duration.ofMillis(40), Duration.ofSeconds(2), Duration.ofSeconds(2), 1);

    private final RecordingOutlets outlets = new RecordingOutlets("lab");
    private final AtomicInteger synchronised = new AtomicInteger();
    private volatile int answer = 200;
    private volatile String more = "";
    private HttpServer server;
    private String recorded;
    private Running running;

    @BeforeEach
    void serve() throws IOException {
        recorded = MetricsTextTest.recorded();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            String text = recorded.replace("status=\"OK\"} 2\n", "status=\"OK\"} " + synchronised + "\n") + more;
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        if (running != null) {
            running.stop();
        }
        server.stop(0);
    }

    @Test
    void shouldTellWhenTheAgentLastSynchronisedAndKeepWhatIsOdd() {
        synchronised.set(2);
        more = "what is this\n";
        run();
        await().until(() -> bodies(AgentStatus.class).size() > 1);
        assertThat(bodies(AgentStatus.class))
                .extracting(AgentStatus::getLastSyncSuccess)
                .containsOnlyNulls();
        Instant before = Instant.now();
        synchronised.set(3);
        await().until(() -> last().getLastSyncSuccess() != null);

        assertThat(last().getLastSyncSuccess()).isBetween(before.minusSeconds(5), Instant.now());
        assertThat(outlets.of(AGENT).deadLetters()).hasSize(1);
    }

    @Test
    void shouldTellThatTheAgentDoesNotAnswerAndGoOnPromising() {
        answer = 500;
        run();
        await().until(() -> bodies(SourceFailure.class).size() > 1);

        assertThat(bodies(SourceFailure.class).get(0).getOperation()).isEqualTo("AgentMetrics");
        assertThat(bodies(SourceFailure.class).get(0).getError()).contains("answers 500");
        await().until(() -> outlets.of(AGENT).lastPosition().isPresent());
        answer = 200;
        await().until(() -> !bodies(AgentStatus.class).isEmpty());
    }

    @Test
    void shouldCheckThatItIsAnAgent() throws InterruptedException {
        assertThat(source().check()).isEmpty();

        recorded = "go_goroutines 12\n";
        assertThat(source().check()).singleElement().asString().contains("is it the agent's Prometheus endpoint?");
        server.stop(0);
        assertThat(source().check()).singleElement().asString().contains("does not answer", "telemetry { Prometheus");
    }

    private AgentDebugSource source() {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        AgentMetrics metrics = new AgentMetrics(url, Duration.ofSeconds(2));
        return new AgentDebugSource("node-1", metrics, Optional.empty(), QUICK, Clock.systemUTC());
    }

    private void run() {
        running = new Running(source(), outlets);
    }

    private AgentStatus last() {
        List<AgentStatus> all = bodies(AgentStatus.class);
        return all.get(all.size() - 1);
    }

    private <T> List<T> bodies(Class<T> type) {
        return outlets.of(AGENT).facts().stream()
                .map(fact -> ((AgentEvent) fact.value()).getBody())
                .flatMap(body -> type.isInstance(body) ? Stream.of(type.cast(body)) : Stream.empty())
                .toList();
    }
}
