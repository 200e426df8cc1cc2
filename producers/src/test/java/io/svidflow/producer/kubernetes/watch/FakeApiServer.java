package io.svidflow.producer.kubernetes.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An API server that lists and watches as the real one does: one history of versions, pages, listings of a past version,
 * bookmarks, watches that end by themselves, and a history that is forgotten. And it fails in the ways that the real one
 * does.
 */
final class FakeApiServer implements AutoCloseable {

    /** What becomes of the calls for one kind of objects. */
    enum Mood {
        /** Answers. */
        FINE,
        /** Takes the call and never answers. */
        HANGS,
        /** Begins to answer a watch and sends nothing, not even its end. */
        SILENT,
        /** Says 403. */
        REFUSES,
        /** Does not know the kind. */
        ABSENT,
        /** Says 500. */
        FAILS
    }

    private record Event(long version, String type, String plural, String key, ObjectNode object, ObjectNode before) {}

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, TreeMap<String, ObjectNode>> objects = new HashMap<>();
    private final List<Event> history = new ArrayList<>();
    private final Map<String, Mood> moods = new HashMap<>();
    private final List<HttpExchange> watches = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private long version = 100;
    private long forgotten = 100;
    private volatile boolean closed;

    FakeApiServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + http.getAddress().getPort())
                        .build())
                .build();
    }

    /** Creates or changes an object. */
    synchronized void put(String plural, String json) {
        ObjectNode object = read(json);
        String key = key(object);
        ObjectNode before = kind(plural).get(key);
        version++;
        ((ObjectNode) object.path("metadata")).put("resourceVersion", String.valueOf(version));
        kind(plural).put(key, object);
        history.add(new Event(version, before == null ? "ADDED" : "MODIFIED", plural, key, object, before));
        notifyAll();
    }

    synchronized void delete(String plural, String namespace, String name) {
        String key = namespace + "/" + name;
        ObjectNode before = kind(plural).remove(key);
        version++;
        ObjectNode last = before.deepCopy();
        ((ObjectNode) last.path("metadata")).put("resourceVersion", String.valueOf(version));
        history.add(new Event(version, "DELETED", plural, key, last, before));
        notifyAll();
    }

    /** Forgets the history up to now. */
    synchronized void compact() {
        version++; // something that nobody here looks at
        forgotten = version;
        history.clear();
    }

    /** Is restored from a backup of some time ago: its versions are lower now. */
    void restore() {
        synchronized (this) {
            version -= 5;
            forgotten = version;
            history.clear();
        }
        cut();
    }

    synchronized void mood(String plural, Mood mood) {
        moods.put(plural, mood);
        notifyAll();
    }

    void mood(Mood mood) {
        List.of("namespaces", "clusterspiffeids", "nodes", "pods", "events").forEach(plural -> mood(plural, mood));
    }

    /** Breaks off all connections of watches. */
    void cut() {
        watches.forEach(HttpExchange::close);
    }

    /** Path and query of each call. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            notifyAll();
        }
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        calls.add(exchange.getRequestURI().toString());
        String plural = path.substring(path.lastIndexOf('/') + 1);
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        boolean watch = "true".equals(query.get("watch"));
        try {
            switch (mood(plural)) {
                case HANGS -> {
                    untilBetter(plural);
                    exchange.close();
                }
                case REFUSES -> status(exchange, 403, plural + " is forbidden: User \"producer\" cannot do that");
                case ABSENT -> status(exchange, 404, "the server could not find the requested resource");
                case FAILS -> status(exchange, 500, "etcdserver: request timed out");
                case FINE, SILENT -> {
                    if (watch) {
                        watch(exchange, path, plural, query);
                    } else {
                        list(exchange, path, plural, query);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Mood mood(String plural) {
        return moods.getOrDefault(plural, Mood.FINE);
    }

    private synchronized void untilBetter(String plural) throws InterruptedException {
        while (!closed && (mood(plural) == Mood.HANGS || mood(plural) == Mood.SILENT)) {
            wait(1000);
        }
    }

    private void list(HttpExchange exchange, String path, String plural, Map<String, String> query) throws IOException {
        ObjectNode list = JSON.createObjectNode();
        synchronized (this) {
            String exact = query.get("resourceVersion");
            String after = query.getOrDefault("continue", "");
            long at = exact != null && query.get("resourceVersionMatch").equals("Exact")
                    ? Long.parseLong(exact)
                    : version;
            if (exact != null && Long.parseLong(exact) > version) {
                status(exchange, 504, "Timeout: Too large resource version: " + exact + ", current: " + version);
                return;
            }
            if (!after.isEmpty()) {
                at = Long.parseLong(after.substring(0, after.indexOf('|')));
                after = after.substring(after.indexOf('|') + 1);
            }
            if (at < forgotten) {
                status(exchange, 410, "The provided resource version is too old");
                return;
            }
            int limit = Integer.parseInt(query.getOrDefault("limit", "500"));
            ObjectNode metadata = list.putObject("metadata").put("resourceVersion", String.valueOf(at));
            var items = list.putArray("items");
            for (Map.Entry<String, ObjectNode> entry :
                    past(plural, at).tailMap(after, false).entrySet()) {
                if (!selected(entry.getValue(), path, query)) {
                    continue;
                }
                if (items.size() == limit) {
                    metadata.put("continue", at + "|" + key((ObjectNode) items.get(items.size() - 1)));
                    break;
                }
                items.add(entry.getValue());
            }
        }
        answer(exchange, 200, list);
    }

    private TreeMap<String, ObjectNode> past(String plural, long at) {
        TreeMap<String, ObjectNode> then = new TreeMap<>(kind(plural));
        for (int i = history.size() - 1; i >= 0 && history.get(i).version() > at; i--) {
            Event undone = history.get(i);
            if (!undone.plural().equals(plural)) {
                continue;
            }
            if (undone.before() == null) {
                then.remove(undone.key());
            } else {
                then.put(undone.key(), undone.before());
            }
        }
        return then;
    }

    private void watch(HttpExchange exchange, String path, String plural, Map<String, String> query)
            throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        watches.add(exchange);
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            if (mood(plural) == Mood.SILENT) {
                untilBetter(plural);
                exchange.close();
                return;
            }
            long from = Long.parseLong(query.get("resourceVersion"));
            long end = System.nanoTime() + Long.parseLong(query.get("timeoutSeconds")) * 1_000_000_000L;
            boolean mark = "true".equals(query.get("allowWatchBookmarks"));
            while (System.nanoTime() < end && !closed && mood(plural) != Mood.HANGS) {
                List<Event> news;
                long reached;
                synchronized (this) {
                    if (from < forgotten) {
                        write(out, "ERROR", statusObject(410, "too old resource version: " + from));
                        return;
                    }
                    long since = from;
                    news = history.stream()
                            .filter(event ->
                                    event.version() > since && event.plural().equals(plural))
                            .toList();
                    reached = version;
                }
                for (Event event : news) {
                    if (selected(event.object(), path, query)) {
                        write(out, event.type(), event.object());
                    }
                }
                from = reached;
                if (mark) {
                    mark = false;
                    ObjectNode bookmark = JSON.createObjectNode();
                    bookmark.putObject("metadata").put("resourceVersion", String.valueOf(reached));
                    write(out, "BOOKMARK", bookmark);
                }
                synchronized (this) {
                    if (version == from) {
                        wait(Math.max(1, Math.min(100, (end - System.nanoTime()) / 1_000_000)));
                    }
                }
            }
            if (mood(plural) == Mood.HANGS) {
                untilBetter(plural);
            }
        } finally {
            watches.remove(exchange);
        }
    }

    private static boolean selected(ObjectNode object, String path, Map<String, String> query) {
        String[] parts = path.split("/namespaces/");
        if (parts.length > 1
                && !parts[1].split("/")[0].equals(
                        object.at("/metadata/namespace").asText())) {
            return false;
        }
        for (String term : query.getOrDefault("fieldSelector", "").split(",")) {
            String[] not = term.split("!=");
            String[] equal = term.split("=");
            if (not.length == 2 && field(object, not[0]).equals(not[1])) {
                return false;
            }
            if (not.length == 1 && equal.length == 2 && !field(object, equal[0]).equals(equal[1])) {
                return false;
            }
        }
        return true;
    }

    private static String field(ObjectNode object, String path) {
        return object.at("/" + path.replace('.', '/')).asText();
    }

    private static void write(OutputStream out, String type, JsonNode object) throws IOException {
        out.write(
                JSON.writeValueAsBytes(JSON.createObjectNode().put("type", type).set("object", object)));
        out.write('\n');
        out.flush();
    }

    private static void status(HttpExchange exchange, int code, String message) throws IOException {
        answer(exchange, code, statusObject(code, message));
    }

    private static void answer(HttpExchange exchange, int code, JsonNode answer) throws IOException {
        exchange.getRequestBody().close();
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(code, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static ObjectNode statusObject(int code, String message) {
        return JSON.createObjectNode()
                .put("kind", "Status")
                .put("status", "Failure")
                .put("message", message)
                .put("code", code);
    }

    private TreeMap<String, ObjectNode> kind(String plural) {
        return objects.computeIfAbsent(plural, name -> new TreeMap<>());
    }

    private static String key(ObjectNode object) {
        return object.at("/metadata/namespace").asText() + "/"
                + object.at("/metadata/name").asText();
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                query.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
