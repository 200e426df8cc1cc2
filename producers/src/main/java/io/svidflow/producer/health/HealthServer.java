package io.svidflow.producer.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /live} (503: only a restart helps), {@code /ready} (503: it does not do its work now; the reasons are in
 * the answer, one a line) and {@code /metrics} (Prometheus).
 */
public final class HealthServer implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(HealthServer.class);
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "svidflow-health");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param address where to listen; port 0 takes a free one
     * @throws IOException if nobody can listen there
     */
    public HealthServer(InetSocketAddress address, Health health, PrometheusMeterRegistry metrics) throws IOException {
        server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/live", exchange -> reasons(exchange, health.dead(), "live"));
        server.createContext("/ready", exchange -> reasons(exchange, health.unready(), "ready"));
        server.createContext("/metrics", exchange -> answer(exchange, OK, PROMETHEUS, metrics.scrape()));
        server.start();
    }

    /** Port that it listens at. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void reasons(HttpExchange exchange, List<String> reasons, String well) throws IOException {
        String text = reasons.isEmpty() ? well : String.join("\n", reasons);
        answer(exchange, reasons.isEmpty() ? OK : UNAVAILABLE, TEXT, text + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            LOGGER.atDebug().addKeyValue("error", e.getMessage()).log("somebody did not wait for the answer");
        }
    }
}
