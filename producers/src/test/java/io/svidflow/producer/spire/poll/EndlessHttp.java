package io.svidflow.producer.spire.poll;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An HTTP server whose answers may be all right, or have no end. */
final class EndlessHttp implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch left = new CountDownLatch(1);

    private EndlessHttp(Answer answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try {
                answer.to(exchange);
                exchange.close();
            } catch (IOException e) {
                left.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    static EndlessHttp saying(int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return new EndlessHttp(exchange -> {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        });
    }

    /** A letter now and then, for ever. */
    static EndlessHttp trickling() throws IOException {
        return new EndlessHttp(exchange -> endless(exchange, new byte[] {'.'}, Duration.ofMillis(20)));
    }

    /** As much as is taken, for ever. */
    static EndlessHttp flooding() throws IOException {
        return new EndlessHttp(exchange -> endless(exchange, new byte[10_000], Duration.ZERO));
    }

    private static void endless(HttpExchange exchange, byte[] piece, Duration pause)
            throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        while (!Thread.currentThread().isInterrupted()) {
            body.write(piece);
            body.flush();
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Whether whoever asked goes away while the answer goes on; waits for it. */
    boolean leftAlone() throws InterruptedException {
        return left.await(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
