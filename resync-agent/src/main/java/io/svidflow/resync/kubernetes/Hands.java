package io.svidflow.resync.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.svidflow.event.RemediationTarget;
import io.svidflow.resync.scene.Effect;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one request and tells three answers apart: it was done, it was not done, nobody knows. A request is sent once and
 * never again, whatever becomes of it.
 */
final class Hands {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Kubernetes has read the request, and has refused it. */
    private static final List<Integer> REFUSED = List.of(400, 401, 403, 405, 409, 422, 429);

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final String OTHER_UID = "UID in precondition";

    private final KubernetesClient client;
    private final Duration timeout;

    /** @param timeout after which nobody knows */
    Hands(KubernetesClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    Effect delete(RemediationTarget pod) {
        return send("delete", pod, "DELETE", path(pod), "application/json", options(pod));
    }

    Effect evict(RemediationTarget pod) {
        Map<String, Object> eviction = Map.of(
                "apiVersion",
                "policy/v1",
                "kind",
                "Eviction",
                "metadata",
                Map.of("name", pod.getName(), "namespace", pod.getNamespace()),
                "deleteOptions",
                options(pod));
        return send("evict", pod, "POST", path(pod) + "/eviction", "application/json", eviction);
    }

    /** The merge names the UID: Kubernetes refuses it for another object, because a UID cannot be changed. */
    Effect annotate(RemediationTarget pod, String annotation, String value) {
        Map<String, Object> merge =
                Map.of("metadata", Map.of("uid", pod.getUid(), "annotations", Map.of(annotation, value)));
        return send("annotate", pod, "PATCH", path(pod), "application/merge-patch+json", merge);
    }

    private static Map<String, Object> options(RemediationTarget pod) {
        return Map.of("apiVersion", "v1", "kind", "DeleteOptions", "preconditions", Map.of("uid", pod.getUid()));
    }

    private static String path(RemediationTarget pod) {
        return "api/v1/namespaces/" + pod.getNamespace() + "/pods/" + pod.getName();
    }

    private Effect send(
            String verb, RemediationTarget pod, String method, String path, String type, Map<String, Object> body) {
        String what = verb + " pod " + pod.getNamespace() + "/" + pod.getName() + " with UID " + pod.getUid();
        Future<HttpResponse<String>> answer;
        try {
            HttpRequest request = client.getHttpClient()
                    .newHttpRequestBuilder()
                    .uri(address() + path)
                    .method(method, type, JSON.writeValueAsString(body))
                    .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .build();
            answer = client.getHttpClient().sendAsync(request, String.class);
        } catch (IOException e) {
            return Effect.notDone(what + ": the request could not be written: " + e.getMessage());
        }
        try {
            return judge(what, answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Effect.unknown(what + ": no answer within " + timeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Effect.unknown(what + ": this actor was stopped before the answer came");
        } catch (ExecutionException e) {
            return neverSent(e.getCause())
                    ? Effect.notDone(what + ": Kubernetes was not reached: " + e.getCause())
                    : Effect.unknown(what + ": the connection broke: " + e.getCause());
        }
    }

    private String address() {
        String url = client.getMasterUrl().toString();
        return url.endsWith("/") ? url : url + "/";
    }

    private static Effect judge(String what, HttpResponse<String> answer) {
        if (answer.isSuccessful()) {
            return Effect.done(what + ": done, Kubernetes says " + answer.code());
        }
        String message = message(answer.body());
        String because = what + ": Kubernetes says " + answer.code() + " " + message;
        if (answer.code() == NOT_FOUND || (answer.code() == CONFLICT && message.contains(OTHER_UID))) {
            return Effect.gone(because);
        }
        return REFUSED.contains(answer.code()) ? Effect.notDone(because) : Effect.unknown(because);
    }

    private static boolean neverSent(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private static String message(String body) {
        try {
            JsonNode status = JSON.readTree(body == null ? "" : body);
            return status.path("message").asText("");
        } catch (IOException e) {
            return "";
        }
    }
}
