package io.svidflow.benchmark.producers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * An API server of a cluster in which nothing happens. Its objects are written when they are listed and kept nowhere, so that
 * what is measured in this process is not the cluster.
 */
final class GeneratedCluster implements AutoCloseable {

    private static final String VERSION = "1000";

    private final GeneratedObjects objects;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong podBytes = new AtomicLong();

    GeneratedCluster(GeneratedObjects objects) throws IOException {
        this.objects = objects;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Bytes of all pods as they were served. */
    long podBytes() {
        return podBytes.get();
    }

    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String plural = path.substring(path.lastIndexOf('/') + 1);
        Map<String, String> query = Arrays.stream(
                        exchange.getRequestURI().getQuery().split("&"))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1]));
        exchange.getRequestBody().close();
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            if (query.containsKey("watch")) {
                watch(out, Long.parseLong(query.get("timeoutSeconds")));
            } else {
                list(out, plural, query);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(OutputStream out, long seconds) throws IOException, InterruptedException {
        write(out, "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"" + VERSION + "\"}}}\n");
        out.flush();
        closed.await(seconds, TimeUnit.SECONDS);
    }

    private void list(OutputStream out, String plural, Map<String, String> query) throws IOException {
        int from = Integer.parseInt(query.getOrDefault("continue", "0"));
        int all = objects.count(plural);
        int to = Math.min(all, from + Integer.parseInt(query.get("limit")));
        String next = to < all ? ",\"continue\":\"" + to + "\"" : "";
        write(out, "{\"metadata\":{\"resourceVersion\":\"" + VERSION + "\"" + next + "},\"items\":[");
        for (int i = from; i < to; i++) {
            byte[] object = objects.object(plural, i).getBytes(StandardCharsets.UTF_8);
            if (plural.equals("pods")) {
                podBytes.addAndGet(object.length);
            }
            out.write(object);
            if (i < to - 1) {
                out.write(',');
            }
        }
        write(out, "]}");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
