package io.svidflow.producer.spire.poll;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The health endpoint of an agent ({@code health_checks} of its configuration). What it says is up to a minute old, and is
 * about the agent's own Workload API: an agent that has not reached its server for hours is healthy.
 */
public final class AgentHealth {

    private static final List<String> PATHS = List.of("/live", "/ready");
    private static final int OK = 200;
    private static final int LONGEST = 500;
    /** An agent says some words. */
    private static final int LARGEST = 64 << 10;

    private final URI base;
    private final HttpLook look;

    /**
     * @param base e.g. {@code http://127.0.0.1:9982}
     * @param timeout how long asking may take
     */
    public AgentHealth(URI base, Duration timeout) {
        this.base = base;
        this.look = new HttpLook(timeout.dividedBy(PATHS.size()), LARGEST);
    }

    /**
     * Asks whether the agent is live and ready.
     *
     * @return what is wrong, as the agent says it; empty if nothing is
     * @throws IOException if it does not answer, or says more or takes longer than it may
     */
    Optional<String> complaint() throws IOException, InterruptedException {
        for (String path : PATHS) {
            HttpLook.Answer answer = answer(path);
            if (answer.status() != OK) {
                String body = answer.body().strip();
                return Optional.of(path + " answers " + answer.status() + ": "
                        + body.substring(0, Math.min(body.length(), LONGEST)));
            }
        }
        return Optional.empty();
    }

    private HttpLook.Answer answer(String path) throws IOException, InterruptedException {
        try {
            return look.at(base.resolve(path));
        } catch (IOException e) {
            throw new IOException(path + " " + e.getMessage(), e);
        }
    }

    /** What stands in the way of asking, with the remedy; empty if nothing does. */
    Optional<String> check() throws InterruptedException {
        try {
            complaint();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the agent's health endpoint at " + base + " cannot be read: " + e.getMessage()
                    + "; set health_checks.listener_enabled in the agent's configuration, or leave it out here");
        }
    }

    URI base() {
        return base;
    }
}
