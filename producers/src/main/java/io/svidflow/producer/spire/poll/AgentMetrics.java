package io.svidflow.producer.spire.poll;

import java.net.URI;
import java.time.Duration;

/** The Prometheus endpoint of an agent. */
public final class AgentMetrics {

    /** What is tried; a failure of it is told by this name. */
    static final String OPERATION = MetricsEndpoint.Of.AGENT.operation();

    private final MetricsEndpoint endpoint;

    /**
     * @param url e.g. {@code http://127.0.0.1:9988/metrics}; without a path, {@code /metrics} is asked for
     * @param timeout how long an answer may take
     */
    public AgentMetrics(URI url, Duration timeout) {
        this.endpoint = new MetricsEndpoint(MetricsEndpoint.Of.AGENT, url, timeout);
    }

    /** @throws CallFailedException if there is no answer, or not that of an agent */
    MetricsText scrape() throws CallFailedException, InterruptedException {
        return endpoint.scrape();
    }

    URI url() {
        return endpoint.url();
    }
}
