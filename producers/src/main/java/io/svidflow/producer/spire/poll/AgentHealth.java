package io.svidflow.producer.spire.poll;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * The health endpoint of an agent ({@code health_checks} of its configuration). What it says is up to a minute old, and is
 * about the agent's own Workload API: an agent that has not reached its server for hours is healthy.
 */
public final class AgentHealth {

    private static final int OK = 200;
    private static final int LONGEST = 500;

    private final URI base;
    private final Duration timeout;
    private final HttpClient http;

    /**
     * @param base e.g. {@code http://127.0.0.1:9982}
     * @param timeout how long an answer may take
     */
    public AgentHealth(URI base, Duration timeout) {
        this.base = base;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /**
     * Asks whether the agent is live and ready.
     *
     * @return what is wrong, as the agent says it; empty if nothing is
     * @throws IOException if it does not answer
     */
    Optional<String> complaint() throws IOException, InterruptedException {
        for (String path : new String[] {"/live", "/ready"}) {
            HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                    .timeout(timeout)
                    .GET()
                    .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                String body = answer.body().strip();
                return Optional.of(path + " answers " + answer.statusCode() + ": "
                        + body.substring(0, Math.min(body.length(), LONGEST)));
            }
        }
        return Optional.empty();
    }

    /** What stands in the way of asking, with the remedy; empty if nothing does. */
    Optional<String> check() throws InterruptedException {
        try {
            complaint();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the agent's health endpoint at " + base + " does not answer: " + reason(e)
                    + "; set health_checks.listener_enabled in the agent's configuration, or leave it out here");
        }
    }

    static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    URI base() {
        return base;
    }
}
