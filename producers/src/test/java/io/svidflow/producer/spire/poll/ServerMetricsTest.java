package io.svidflow.producer.spire.poll;

import static io.svidflow.producer.spire.poll.Running.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.EntryEvent;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerMetrics;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.RecordingOutlets;
import io.svidflow.producer.spire.NodeDirectory;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers whose metrics are read beside their API. */
class ServerMetricsTest {

    private static final Source SERVER = Source.of(SourceKind.SPIRE_SERVER);
    private static final PollSettings QUICK =
            new PollSettings(Duration.ofMillis(40), Duration.ofSeconds(2), Duration.ofMillis(500), 500);
    private static final String METRICS = "spire_server_entry_skipped_entry_event_ids_count 2\nwhat is this\n";

    private final RecordingOutlets outlets = new RecordingOutlets("lab");
    private final FakeSpire spire = new FakeSpire();
    private Running running;

    @BeforeEach
    void start() {
        spire.entries.add(Samples.entry(1, 1));
        spire.agents.add(Samples.agent(1));
        spire.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        if (running != null) {
            running.stop();
        }
        spire.close();
    }

    @Test
    void shouldTellWhatEachServerCountsAndKeepWhatIsOdd() throws Exception {
        try (EndlessHttp server = EndlessHttp.saying(200, METRICS)) {
            run(server.url());
            await().until(() -> bodies(ServerMetrics.class).size() == 1);

            ServerMetrics told = bodies(ServerMetrics.class).get(0);
            assertThat(told.getEndpoint()).isEqualTo(server.url() + "metrics");
            assertThat(told.getCounts()).containsExactly(java.util.Map.entry("skippedEntryEvents", 2L));
            await().until(() -> outlets.of(SERVER).deadLetters().size() == 1);
            assertThat(source(server.url()).check()).isEmpty();
        }
    }

    @Test
    void shouldTellWhichServerDoesNotAnswerAndStillWhatTheOthersAndTheApiSay() throws Exception {
        try (EndlessHttp server = EndlessHttp.saying(200, METRICS);
                EndlessHttp endless = EndlessHttp.trickling();
                EndlessHttp wrong = EndlessHttp.saying(200, "go_goroutines 12\n")) {
            run(endless.url(), wrong.url(), server.url());
            await().until(() -> bodies(ServerMetrics.class).size() == 1);
            await().until(() -> outlets.of(SERVER).lastPosition().isPresent());

            assertThat(bodies(SourceFailure.class))
                    .extracting(SourceFailure::getOperation)
                    .containsExactly("ServerMetrics", "ServerMetrics");
            assertThat(bodies(SourceFailure.class))
                    .extracting(SourceFailure::getError)
                    .containsExactly(
                            endless.url() + "metrics has not answered in full for 500 ms",
                            wrong.url() + "metrics tells no metric spire_server_…:"
                                    + " is it the server's Prometheus endpoint?");
            assertThat(outlets.of(SERVER).facts()).anyMatch(fact -> fact.value() instanceof EntryEvent);
            assertThat(source(wrong.url()).check())
                    .singleElement()
                    .asString()
                    .contains("is it the server's Prometheus endpoint?", "telemetry { Prometheus");
        }
    }

    private void run(URI... metrics) {
        running = new Running(source(metrics), outlets);
    }

    private SpireServerSource source(URI... metrics) {
        return new SpireServerSource(
                spire.endpoint(), QUICK, new NodeDirectory(), List.of(metrics), RawAnswers.NONE, Clock.systemUTC());
    }

    private <T> List<T> bodies(Class<T> type) {
        return outlets.of(SERVER).facts().stream()
                .flatMap(
                        fact -> fact.value() instanceof ServerEvent event ? Stream.of(event.getBody()) : Stream.empty())
                .flatMap(body -> type.isInstance(body) ? Stream.of(type.cast(body)) : Stream.empty())
                .toList();
    }
}
