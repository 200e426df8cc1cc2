package io.svidflow.producer.podlog;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** An API server that knows pods of one container and their logs, and that can fail as real ones do. */
final class FakeApiServer implements AutoCloseable {

    private static final String PODS = "/api/v1/namespaces/spire/pods";

    private record Line(Instant at, String text) {}

    private static final class Container {
        private final String pod;
        private final String node;
        private final String name;
        private int restarts;
        private List<Line> current = new ArrayList<>();
        private List<Line> before = new ArrayList<>();

        private Container(String pod, String node, String name) {
            this.pod = pod;
            this.node = node;
            this.name = name;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Container> containers = new TreeMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger lastLines = new AtomicInteger();
    private int connection;
    private boolean forbidden;
    private boolean stalled;

    FakeApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(PODS, this::answer);
        server.setExecutor(threads);
        server.start();
    }

    KubernetesClient client() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    synchronized void run(String pod, String node, String container) {
        containers.put(pod, new Container(pod, node, container));
    }

    synchronized void delete(String pod) {
        containers.remove(pod);
        connection++;
        notifyAll();
    }

    synchronized void write(String pod, Instant at, String text) {
        containers.get(pod).current.add(new Line(at, text));
        notifyAll();
    }

    /** The container ends and is started again. */
    synchronized void restart(String pod) {
        Container container = containers.get(pod);
        container.before = container.current;
        container.current = new ArrayList<>();
        container.restarts++;
        connection++;
        notifyAll();
    }

    /** The kubelet begins a new file: what was written before is no longer served. */
    synchronized void rotate(String pod) {
        containers.get(pod).current = new ArrayList<>();
        connection++;
        notifyAll();
    }

    synchronized void breakConnections() {
        connection++;
        notifyAll();
    }

    synchronized void forbid(boolean now) {
        forbidden = now;
        connection++;
        notifyAll();
    }

    /** Connections stay open and bring nothing. */
    synchronized void stall(boolean now) {
        stalled = now;
        notifyAll();
    }

    long bytesSent() {
        return sent.get();
    }

    /** How often somebody asked for the last line of a log. */
    int askedForLastLines() {
        return lastLines.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(PODS.length());
        try (exchange) {
            if (path.isEmpty()) {
                String labels = String.valueOf(exchange.getRequestURI().getQuery());
                send(exchange, 200, Serialization.asJson(list(labels)));
            } else if (path.endsWith("/log")) {
                log(exchange, path.substring(1, path.length() - "/log".length()));
            } else {
                Pod pod = pod(path.substring(1));
                send(exchange, pod == null ? 404 : 200, pod == null ? "{}" : Serialization.asJson(pod));
            }
        }
    }

    private synchronized io.fabric8.kubernetes.api.model.PodList list(String query) {
        return new PodListBuilder()
                .withItems(containers.values().stream()
                        .filter(container -> query.contains("app=" + container.name))
                        .map(FakeApiServer::object)
                        .toList())
                .build();
    }

    private synchronized Pod pod(String name) {
        return containers.containsKey(name) ? object(containers.get(name)) : null;
    }

    private static Pod object(Container container) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(container.pod)
                .withNamespace("spire")
                .withUid("uid-" + container.pod)
                .endMetadata()
                .withNewSpec()
                .withNodeName(container.node)
                .addNewContainer()
                .withName(container.name)
                .endContainer()
                .endSpec()
                .withNewStatus()
                .addNewContainerStatus()
                .withName(container.name)
                .withRestartCount(container.restarts)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private void log(HttpExchange exchange, String pod) throws IOException {
        Map<String, String> query = Arrays.stream(
                        exchange.getRequestURI().getQuery().split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Container container;
        int opened;
        synchronized (this) {
            if (forbidden) {
                send(exchange, 403, "{\"message\":\"pods \\\"" + pod + "\\\" is forbidden\"}");
                return;
            }
            container = containers.get(pod);
            opened = connection;
        }
        if (container == null) {
            send(exchange, 404, "{\"message\":\"pods \\\"" + pod + "\\\" not found\"}");
        } else if (query.containsKey("tailLines")) {
            List<Line> lines = snapshot(container, false);
            lastLines.incrementAndGet();
            send(exchange, 200, lines.isEmpty() ? "" : text(lines.get(lines.size() - 1)));
        } else if (query.containsKey("previous")) {
            send(exchange, 200, text(snapshot(container, true), query));
        } else {
            exchange.sendResponseHeaders(200, 0);
            follow(exchange.getResponseBody(), container, opened, query);
        }
    }

    private void follow(OutputStream out, Container container, int opened, Map<String, String> query)
            throws IOException {
        int next = 0;
        while (true) {
            String more;
            synchronized (this) {
                boolean open = opened == connection;
                List<Line> lines = open ? container.current : List.of();
                if (open && (stalled || lines.size() <= next)) {
                    try {
                        wait(200);
                    } catch (InterruptedException e) {
                        return;
                    }
                    more = "";
                } else if (!open) {
                    return;
                } else {
                    int to = Math.min(lines.size(), next + 100);
                    more = text(lines.subList(next, to), query);
                    next = to;
                }
            }
            out.write(more.getBytes(StandardCharsets.UTF_8));
            out.flush();
            sent.addAndGet(more.length());
        }
    }

    private synchronized List<Line> snapshot(Container container, boolean before) {
        return List.copyOf(before ? container.before : container.current);
    }

    private static String text(List<Line> lines, Map<String, String> query) {
        Instant since = Instant.parse(query.getOrDefault("sinceTime", "1970-01-01T00:00:00Z"));
        return lines.stream()
                .filter(line -> !line.at().isBefore(since))
                .map(FakeApiServer::text)
                .collect(Collectors.joining());
    }

    private static String text(Line line) {
        return line.at() + " " + line.text() + "\n";
    }

    private static void send(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        breakConnections();
        server.stop(0);
        threads.shutdownNow();
    }
}
