package io.svidflow.producer.spire.poll;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks an agent by its metrics. */
final class MetricsPoll implements AgentPoll {

    private final AgentMetrics metrics;
    private final MetricsStatus status = new MetricsStatus();

    private MetricsPoll(AgentMetrics metrics) {
        this.metrics = metrics;
    }

    static Way at(AgentMetrics metrics) {
        return new Way() {
            @Override
            public AgentPoll open() {
                return new MetricsPoll(metrics);
            }

            @Override
            public List<String> check(String node) throws InterruptedException {
                try {
                    metrics.scrape();
                    return List.of();
                } catch (CallFailedException e) {
                    return List.of(e.getMessage() + "; see that the agent of " + node
                            + " runs, and set telemetry { Prometheus { host, port } } in its configuration");
                }
            }
        };
    }

    @Override
    public String operation() {
        return AgentMetrics.OPERATION;
    }

    @Override
    public String address() {
        return metrics.url().toString();
    }

    @Override
    public Answer ask(Instant asked) throws CallFailedException, InterruptedException {
        MetricsText text = metrics.scrape();
        return new Answer(status.look(text, asked), text.odd(), Optional.empty());
    }

    @Override
    public void close() {
        // each scrape is a request of its own
    }
}
