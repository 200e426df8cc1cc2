package io.svidflow.producer.kubernetes.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Calls of the Kubernetes API, with the client's credentials and TLS. A call that fails is something that was observed, and
 * is not hidden by trying again.
 */
final class ApiServer {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_STATUS = 16_384;
    /** Kept connections that may turn out to be closed, one after the other, before a new one is made. */
    private static final int MOST_STALE = 8;
    /** When the connection of a call is given up on which nothing moves, so that calls that hang do not pile up. */
    private static final Duration LONGEST = Duration.ofMinutes(6);

    private final HttpClient http;
    private final String url;
    private final Duration patience;

    /** @param patience how long an answer may take to begin, and how long to go on */
    ApiServer(KubernetesClient client, Duration patience) {
        this.http = client.getHttpClient()
                .newBuilder()
                .tag(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
                .build();
        String master = client.getMasterUrl().toString();
        this.url = master.endsWith("/") ? master.substring(0, master.length() - 1) : master;
        this.patience = patience;
    }

    /**
     * Asks.
     *
     * @param verb list or watch: what must be permitted
     * @param query what is added to the path of the lane
     * @param lull how much longer than usual nothing may arrive
     * @throws ApiProblem if the API server refuses
     * @throws IOException if it does not answer
     */
    Answer get(Lane lane, String verb, String query, Duration lull) throws IOException {
        // connections that were kept may have been closed by the other side since: that is nobody's failure
        for (int stale = 0; stale < MOST_STALE; stale++) {
            try {
                return call(lane, verb, query, lull);
            } catch (Unreachable e) {
                if (e.noConnection()) {
                    throw e;
                }
            }
        }
        return call(lane, verb, query, lull);
    }

    private Answer call(Lane lane, String verb, String query, Duration lull) throws IOException {
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(url + lane.path() + query)
                .header("Accept", "application/json")
                .timeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                .build();
        Answer answer = new Answer(patience.plus(lull));
        CompletableFuture<HttpResponse<AsyncBody>> call = http.consumeBytes(request, (buffers, body) -> {
            answer.arrived(buffers);
        });
        HttpResponse<AsyncBody> response = begun(call);
        answer.begun(response.body());
        if (!response.isSuccessful()) {
            try (answer) {
                throw ApiProblem.of(lane, verb, response.code(), status(answer));
            }
        }
        return answer;
    }

    private HttpResponse<AsyncBody> begun(CompletableFuture<HttpResponse<AsyncBody>> call) throws IOException {
        try {
            return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new SocketTimeoutException(
                    "the API server accepted the call and did not answer for " + patience.toMillis() + " ms");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new Unreachable("the API server cannot be reached: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("asked to stop").initCause(e);
        }
    }

    private static JsonNode status(Answer answer) throws IOException {
        byte[] text = answer.readNBytes(LONGEST_STATUS);
        try {
            JsonNode status = JSON.readTree(text);
            return status == null ? MissingNode.getInstance() : status;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** No answer began. */
    private static final class Unreachable extends IOException {

        Unreachable(String message, Throwable cause) {
            super(message, cause);
        }

        /** None could be made, so that none that was kept is to blame. */
        boolean noConnection() {
            return getCause() instanceof ConnectException
                    || getCause() instanceof UnknownHostException
                    || getCause() instanceof SSLException;
        }
    }
}
