package io.svidflow.producer.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private List<String> dead = List.of();
    private List<String> unready = List.of();
    private HealthServer server;

    @BeforeEach
    void start() throws IOException {
        Health health = new Health() {
            @Override
            public List<String> dead() {
                return dead;
            }

            @Override
            public List<String> unready() {
                return unready;
            }
        };
        server = new HealthServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), health, metrics);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldSayThatAllIsWell() throws Exception {
        assertThat(get("/live").statusCode()).isEqualTo(200);
        assertThat(get("/ready").statusCode()).isEqualTo(200);
        assertThat(get("/ready").body()).isEqualTo("ready\n");
    }

    @Test
    void shouldTellWhyNot() throws Exception {
        dead = List.of("a thread has ended");
        unready = List.of("kubernetes: heartbeats are 75 s behind", "agent-log/node-1: nothing has been promised yet");

        assertThat(get("/live").statusCode()).isEqualTo(503);
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(get("/ready").body().lines())
                .containsExactly(
                        "kubernetes: heartbeats are 75 s behind", "agent-log/node-1: nothing has been promised yet");
    }

    @Test
    void shouldServeMetrics() throws Exception {
        Counter.builder("svidflow.source.facts")
                .tag("source", "kubernetes")
                .register(metrics)
                .increment(3);

        assertThat(get("/metrics").body()).contains("svidflow_source_facts_total{source=\"kubernetes\"} 3.0");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
