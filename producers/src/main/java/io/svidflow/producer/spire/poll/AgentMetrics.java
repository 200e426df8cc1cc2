package io.svidflow.producer.spire.poll;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** The Prometheus endpoint of an agent ({@code telemetry { Prometheus { ... } }} of its configuration). */
public final class AgentMetrics {

    /** What is tried; a failure of it is told by this name. */
    static final String OPERATION = "AgentMetrics";

    private static final String OF_AGENTS = "spire_agent_";
    private static final int OK = 200;
    /** An agent tells some 50 kB. */
    private static final int LARGEST = 8 << 20;

    private final URI url;
    private final HttpLook look;

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
        this.look = new HttpLook(timeout, LARGEST);
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
        try {
            HttpLook.Answer answer = look.at(url);
            if (answer.status() != OK) {
                throw failed("answers " + answer.status());
            }
            return answer.body();
        } catch (IOException e) {
            throw failed(e.getMessage());
        }
    }

    private CallFailedException failed(String what) {
        return CallFailedException.because(OPERATION, url + " " + what);
    }

    URI url() {
        return url;
    }
}
