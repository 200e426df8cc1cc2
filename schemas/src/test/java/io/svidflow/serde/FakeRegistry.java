package io.svidflow.serde;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** An HTTP server that gives prepared answers, the last one again and again, and remembers what it was asked. */
final class FakeRegistry implements AutoCloseable {

    private final HttpServer server;
    private final Queue<Prepared> answers = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();

    record Asked(String method, String path, String authorization, String body) {}

    private record Prepared(int status, String body) {}

    FakeRegistry() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    FakeRegistry(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.start();
    }

    FakeRegistry answers(int status, String body) {
        answers.add(new Prepared(status, body));
        return this;
    }

    String url() {
        return "http://" + hostAndPort();
    }

    String hostAndPort() {
        return "localhost:" + server.getAddress().getPort();
    }

    synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Prepared prepared = answers.size() > 1 ? answers.remove() : answers.element();
        byte[] body = prepared.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(prepared.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
