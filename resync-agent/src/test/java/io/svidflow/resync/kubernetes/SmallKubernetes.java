package io.svidflow.resync.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * A Kubernetes API server that knows what an actor asks for, keeps UID preconditions, and fails in the ways in which a real
 * one does. It runs in the process of the test, so that it outlives an actor that is killed.
 */
public final class SmallKubernetes implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What becomes of the next request that would change something. */
    public enum Fault {
        NONE,
        /** It is refused before anything is done. */
        FORBIDDEN,
        /** A PodDisruptionBudget stands against it. */
        TOO_MANY_REQUESTS,
        /** The server fails, nobody knows where. */
        INTERNAL_ERROR,
        /** It is done, and the connection breaks before the answer. */
        DONE_AND_DROPPED,
        /** The connection breaks before anything is done. */
        DROPPED,
        /** It is done, and no answer ever comes. */
        DONE_AND_SILENT
    }

    /** A request, as RBAC sees it. */
    public record Asked(String verb, String group, String resource, String namespace) {}

    private final HttpServer server;
    private final Map<String, JsonNode> objects = new TreeMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Fault fault = Fault.NONE;
    private final Set<String> forbidden = new HashSet<>();
    private boolean blind;
    private Runnable atChange = () -> {};

    public SmallKubernetes() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public Config access() {
        return access(url());
    }

    public static Config access(String url) {
        return new ConfigBuilder(Config.empty()).withMasterUrl(url).build();
    }

    /** Adds an object, or puts it in place of the one of that name. */
    public synchronized SmallKubernetes with(HasMetadata object) {
        objects.put(path(object), JSON.valueToTree(Serialization.unmarshal(Serialization.asJson(object), Map.class)));
        return this;
    }

    public synchronized void remove(HasMetadata object) {
        objects.remove(path(object));
    }

    public synchronized void fails(Fault how) {
        fault = how;
    }

    /** No question is answered any more. */
    public synchronized void blind() {
        blind = true;
    }

    /**
     * Who asks whether it may do this is told that it may not.
     *
     * @param access e.g. {@code delete pods spire}: verb, resource, namespace if there is one
     */
    public synchronized SmallKubernetes forbids(String access) {
        forbidden.add(access);
        return this;
    }

    /** Something happens when a request that would change something has arrived. */
    public synchronized void atChange(Runnable what) {
        atChange = what;
    }

    /** What was changed, e.g. {@code DELETE uid-of-agent}. */
    public synchronized List<String> done() {
        return List.copyOf(done);
    }

    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    private static String path(HasMetadata object) {
        String group = object.getApiVersion().equals("v1") ? "/api/v1" : "/apis/" + object.getApiVersion();
        String namespace = object.getMetadata().getNamespace();
        return group + (namespace == null ? "" : "/namespaces/" + namespace) + "/" + object.getPlural() + "/"
                + object.getMetadata().getName();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestURI().getPath().endsWith("/selfsubjectaccessreviews")) {
            review(exchange, body);
            return;
        }
        boolean reads = exchange.getRequestMethod().equals("GET");
        String path = exchange.getRequestURI().getPath();
        note(exchange.getRequestMethod(), path);
        if (reads) {
            read(exchange, path);
        } else {
            change(exchange, path, body);
        }
    }

    private synchronized void review(HttpExchange exchange, String body) throws IOException {
        ObjectNode review = (ObjectNode) JSON.readTree(body);
        JsonNode about = review.at("/spec/resourceAttributes");
        String resource = about.path("resource").asText()
                + (about.hasNonNull("subresource")
                        ? "/" + about.path("subresource").asText()
                        : "");
        String access = (about.path("verb").asText() + " " + resource + " "
                        + about.path("namespace").asText(""))
                .strip();
        review.putObject("status").put("allowed", !forbidden.contains(access));
        send(exchange, 201, review.toString());
    }

    private synchronized void note(String method, String path) {
        String[] parts = path.split("/");
        boolean core = parts[1].equals("api");
        String group = core ? "" : parts[2];
        List<String> rest = new ArrayList<>(List.of(parts).subList(core ? 3 : 4, parts.length));
        String namespace = null;
        if (rest.size() > 2 && rest.get(0).equals("namespaces")) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        String resource = rest.get(0) + (rest.size() > 2 ? "/" + rest.get(2) : "");
        String verb =
                switch (method) {
                    case "GET" -> rest.size() > 1 ? "get" : "list";
                    case "POST" -> "create";
                    default -> method.toLowerCase(java.util.Locale.ROOT);
                };
        asked.add(new Asked(verb, group, resource, namespace));
    }

    private void read(HttpExchange exchange, String path) throws IOException {
        JsonNode answer;
        synchronized (this) {
            if (blind) {
                answer = null;
            } else if (path.endsWith("/log")) {
                send(exchange, 200, "level=info msg=\"synchronised\"\nlevel=error msg=\"token=abcdef refused\"\n");
                return;
            } else if (objects.containsKey(path)) {
                answer = objects.get(path);
            } else {
                answer = list(path, exchange.getRequestURI().getQuery());
            }
        }
        if (answer == null) {
            refuse(exchange, blind ? 503 : 404, blind ? "apiserver not ready" : path + " not found");
        } else {
            send(exchange, 200, answer.toString());
        }
    }

    /** Null: that is no list. */
    private JsonNode list(String path, String query) {
        String plural = path.substring(path.lastIndexOf('/') + 1);
        if (!List.of("nodes", "pods", "poddisruptionbudgets", "daemonsets").contains(plural)) {
            return null;
        }
        String node = query != null && query.contains("spec.nodeName=")
                ? query.replaceFirst(".*spec.nodeName=([^&]*).*", "$1")
                : null;
        String api = path.replaceFirst("/(namespaces/[^/]*/)?" + plural + "$", "");
        ObjectNode list = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> object : objects.entrySet()) {
            boolean here = path.contains("/namespaces/")
                    ? object.getKey().startsWith(path + "/")
                    : object.getKey().startsWith(api + "/") && object.getKey().contains("/" + plural + "/");
            if (here
                    && (node == null
                            || node.equals(
                                    object.getValue().at("/spec/nodeName").asText()))) {
                list.withArray("items").add(object.getValue());
            }
        }
        list.put("apiVersion", api.replaceFirst("/apis?/", ""));
        list.put("kind", "List");
        list.withArray("items");
        return list;
    }

    private void change(HttpExchange exchange, String path, String body) throws IOException {
        Fault how;
        Runnable first;
        synchronized (this) {
            how = fault;
            first = atChange;
        }
        first.run();
        switch (how) {
            case FORBIDDEN -> refuse(exchange, 403, "pods is forbidden");
            case TOO_MANY_REQUESTS ->
                refuse(exchange, 429, "Cannot evict pod as it would violate the disruption budget");
            case INTERNAL_ERROR -> refuse(exchange, 500, "etcdserver: request timed out");
            case DROPPED -> exchange.close();
            case NONE -> carryOut(exchange, path, body, true);
            case DONE_AND_DROPPED -> {
                carryOut(exchange, path, body, false);
                exchange.close();
            }
            case DONE_AND_SILENT -> {
                carryOut(exchange, path, body, false);
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private void carryOut(HttpExchange exchange, String path, String body, boolean tell) throws IOException {
        JsonNode request = JSON.readTree(body);
        String pod = path.replace("/eviction", "");
        int code = 200;
        String message = "";
        synchronized (this) {
            JsonNode object = objects.get(pod);
            String uid = object == null ? null : object.at("/metadata/uid").asText();
            String wanted = wanted(exchange.getRequestMethod(), path, request);
            if (object == null) {
                code = 404;
                message = "pod not found";
            } else if (!uid.equals(wanted)) {
                code = exchange.getRequestMethod().equals("PATCH") ? 422 : 409;
                message = "Precondition failed: UID in precondition: " + wanted + ", UID in object meta: " + uid;
            } else {
                done.add(exchange.getRequestMethod() + " " + uid);
                if (exchange.getRequestMethod().equals("PATCH")) {
                    ((ObjectNode) object.path("metadata"))
                            .withObject("annotations")
                            .setAll((ObjectNode) request.at("/metadata/annotations"));
                } else {
                    ((ObjectNode) object.path("metadata")).put("deletionTimestamp", "2025-02-06T00:00:00Z");
                }
            }
        }
        if (tell && code == 200) {
            send(exchange, 200, "{\"kind\":\"Status\",\"status\":\"Success\"}");
        } else if (tell) {
            refuse(exchange, code, message);
        }
    }

    private static String wanted(String method, String path, JsonNode request) {
        if (method.equals("PATCH")) {
            return request.at("/metadata/uid").asText();
        }
        return request.at(path.endsWith("/eviction") ? "/deleteOptions/preconditions/uid" : "/preconditions/uid")
                .asText();
    }

    private static void refuse(HttpExchange exchange, int code, String message) throws IOException {
        ObjectNode status = JSON.createObjectNode();
        status.put("kind", "Status").put("status", "Failure").put("code", code).put("message", message);
        send(exchange, code, status.toString());
    }

    private static void send(HttpExchange exchange, int code, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
