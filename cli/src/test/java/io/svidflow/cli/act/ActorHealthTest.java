package io.svidflow.cli.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.config.HostAndPort;
import io.svidflow.resync.journal.Pulse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ActorHealthTest {

    private static final Instant START = Instant.parse("2025-02-06T00:26:00Z");

    @Test
    void shouldBeReadyOnlyWhenItLooksForCommands() throws Exception {
        Pulse pulse = new Pulse(START);
        try (ActorHealth health = health(pulse, START.plusSeconds(5))) {
            HttpResponse<String> answer = get(health, "/ready");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("has not joined");
            assertThat(get(health, "/live").statusCode()).isEqualTo(200);
            assertThat(get(health, "/metrics").body()).contains("svidflow_resync_agent_silence_seconds 5.0");
        }
    }

    private static ActorHealth health(Pulse pulse, Instant now) {
        return new ActorHealth(new HostAndPort("127.0.0.1", 0), pulse, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static HttpResponse<String> get(ActorHealth health, String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + health.port() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}
