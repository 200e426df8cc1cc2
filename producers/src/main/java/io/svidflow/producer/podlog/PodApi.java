package io.svidflow.producer.podlog;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the Kubernetes API tells of pods and their logs. Safe for use by several threads. */
final class PodApi {

    private static final long PATIENCE_SECONDS = 15;
    private static final int LONGEST_ERROR = 1024;

    private final KubernetesClient client;
    private final HttpClient http;

    PodApi(KubernetesClient client) {
        this.client = client;
        this.http = client.getHttpClient();
    }

    /** @throws PodApiException if they cannot be listed */
    List<Pod> pods(PodLogRule rule) throws PodApiException {
        try {
            return client.pods()
                    .inNamespace(rule.namespace())
                    .withLabels(rule.labels())
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            throw new PodApiException(
                    e.getCode(), "pods in " + rule.namespace() + " cannot be listed: " + e.getMessage());
        }
    }

    /** How often a container has been started again; empty if its pod is gone, or it has never run. */
    Optional<Integer> restarts(ContainerRef ref) throws PodApiException {
        try {
            Pod pod = client.pods()
                    .inNamespace(ref.namespace())
                    .withName(ref.pod())
                    .get();
            return pod == null || !pod.getMetadata().getUid().equals(ref.uid()) ? Optional.empty() : restarts(pod, ref);
        } catch (KubernetesClientException e) {
            throw new PodApiException(e.getCode(), ref + " cannot be looked up: " + e.getMessage());
        }
    }

    private static Optional<Integer> restarts(Pod pod, ContainerRef ref) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(ref.container()))
                .filter(status -> status.getState() == null
                        || status.getState().getWaiting() == null
                        || status.getRestartCount() != null && status.getRestartCount() > 0)
                .map(ContainerStatus::getRestartCount)
                .findFirst();
    }

    /** The log of the container as it is written, until the container ends or the connection breaks. */
    InputStream follow(ContainerRef ref, Instant since) throws PodApiException, InterruptedException {
        return open(ref, "&follow=true" + since(since));
    }

    /** What the container before the present one wrote. */
    InputStream previous(ContainerRef ref, Instant since) throws PodApiException, InterruptedException {
        return open(ref, "&previous=true" + since(since));
    }

    /** The last line that was written, blank if there is none. */
    String last(ContainerRef ref) throws PodApiException, InterruptedException {
        try (InputStream in = open(ref, "&tailLines=1")) {
            return new String(in.readNBytes(1 << 16), StandardCharsets.UTF_8);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("asked to stop while a log was read");
            }
            throw new PodApiException(0, "the log of " + ref + " broke off: " + e.getMessage());
        }
    }

    private InputStream open(ContainerRef ref, String parameters) throws PodApiException, InterruptedException {
        String base = client.getMasterUrl().toString().replaceAll("/+$", "");
        URI uri = URI.create(base + "/api/v1/namespaces/" + ref.namespace() + "/pods/" + ref.pod() + "/log?container="
                + ref.container() + "&timestamps=true" + parameters);
        HttpRequest request =
                http.newHttpRequestBuilder().uri(uri).forStreaming().build();
        try {
            HttpResponse<InputStream> response =
                    http.sendAsync(request, InputStream.class).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (response.isSuccessful()) {
                return response.body();
            }
            throw refused(ref, response);
        } catch (ExecutionException e) {
            throw new PodApiException(0, "the log of " + ref + " cannot be read: " + e.getCause());
        } catch (TimeoutException e) {
            throw new PodApiException(0, "the log of " + ref + " was not served within " + PATIENCE_SECONDS + " s");
        }
    }

    private static PodApiException refused(ContainerRef ref, HttpResponse<InputStream> response) {
        String said;
        try (InputStream body = response.body()) {
            said = new String(body.readNBytes(LONGEST_ERROR), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            said = e.toString();
        }
        String remedy = response.code() == 403 ? "; allow get on pods/log in namespace " + ref.namespace() : "";
        return new PodApiException(
                response.code(), "the log of " + ref + " was refused with " + response.code() + ": " + said + remedy);
    }

    private static String since(Instant since) {
        return since == null ? "" : "&sinceTime=" + since.truncatedTo(ChronoUnit.SECONDS);
    }
}
