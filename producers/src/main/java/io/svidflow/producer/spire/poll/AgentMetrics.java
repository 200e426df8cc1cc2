package io.svidflow.producer.spire.poll;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The Prometheus endpoint of an agent ({@code telemetry { Prometheus { ... } }} of its configuration). */
public final class AgentMetrics {

    /** What is tried; a failure of it is told by this name. */
    static final String OPERATION = "AgentMetrics";

    private static final String OF_AGENTS = "spire_agent_";
    private static final int OK = 200;
    /** An agent tells some 50 kB. */
    private static final int LARGEST = 8 << 20;

    private final URI url;
    private final Duration timeout;
    private final HttpClient http;

    /**
     * @param url e.g. {@code http://127.0.0.1:9988/metrics}; without a path, {@code /metrics} is asked for
     * @param timeout how long an answer may take
     */
    public AgentMetrics(URI url, Duration timeout) {
        this.url = url.getPath() == null
                        || url.getPath().isEmpty()
                        || url.getPath().equals("/")
                ? url.resolve("/metrics")
                : url;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /** @throws CallFailedException if there is no answer, or not that of an agent */
    MetricsText scrape() throws CallFailedException, InterruptedException {
        MetricsText text = MetricsText.parse(body());
        if (text.samples().stream().noneMatch(sample -> sample.name().startsWith(OF_AGENTS))) {
            throw CallFailedException.because(
                    OPERATION, url + " tells no metric " + OF_AGENTS + "…: is it the agent's Prometheus endpoint?");
        }
        return text;
    }

    private String body() throws CallFailedException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(timeout).GET().build();
        Bounded body = new Bounded();
        // the timeout of the request ends with the head of the answer, and streams of a body swallow interrupts
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request, BodyHandlers.ofByteArrayConsumer(body));
        try {
            int status = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status != OK || body.overflown) {
                throw failed("answers " + status + (body.overflown ? " with more than " + LARGEST + " bytes" : ""));
            }
            return body.bytes.toString(StandardCharsets.UTF_8);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw failed("does not answer: "
                    + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()));
        } catch (TimeoutException e) {
            throw failed("has not answered for " + timeout.toMillis() + " ms");
        } finally {
            answer.cancel(true);
        }
    }

    private CallFailedException failed(String what) {
        return CallFailedException.because(OPERATION, url + " " + what);
    }

    /** What an agent tells, and no more than that. */
    private static final class Bounded implements Consumer<Optional<byte[]>> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private volatile boolean overflown;

        @Override
        public void accept(Optional<byte[]> part) {
            overflown |= bytes.size() + part.map(more -> more.length).orElse(0) > LARGEST;
            if (!overflown) {
                part.ifPresent(bytes::writeBytes);
            }
        }
    }

    URI url() {
        return url;
    }
}
