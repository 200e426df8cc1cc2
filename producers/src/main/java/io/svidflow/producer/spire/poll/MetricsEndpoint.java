package io.svidflow.producer.spire.poll;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** The Prometheus endpoint of an agent or a server ({@code telemetry { Prometheus { ... } }} of its configuration). */
final class MetricsEndpoint {

    private static final int OK = 200;
    /** SPIRE tells some 50 kB. */
    private static final int LARGEST = 8 << 20;

    /** Whose metrics they are. */
    enum Of {
        AGENT("AgentMetrics", "spire_agent_", "agent's"),
        SERVER("ServerMetrics", "spire_server_", "server's");

        private final String operation;
        private final String prefix;
        private final String whose;

        Of(String operation, String prefix, String whose) {
            this.operation = operation;
            this.prefix = prefix;
            this.whose = whose;
        }

        /** What is tried; a failure of it is told by this name. */
        String operation() {
            return operation;
        }
    }

    private final Of of;
    private final URI url;
    private final HttpLook look;

    /**
     * @param url e.g. {@code http://127.0.0.1:9988/metrics}; without a path, {@code /metrics} is asked for
     * @param timeout how long an answer may take
     */
    MetricsEndpoint(Of of, URI url, Duration timeout) {
        this.of = of;
        this.url = url.getPath() == null
                        || url.getPath().isEmpty()
                        || url.getPath().equals("/")
                ? url.resolve("/metrics")
                : url;
        this.look = new HttpLook(timeout, LARGEST);
    }

    URI url() {
        return url;
    }

    /** @throws CallFailedException if there is no answer, or not that of such a component */
    MetricsText scrape() throws CallFailedException, InterruptedException {
        return read(ask());
    }

    /** Asks, and does not wait. */
    HttpLook.Pending ask() {
        return look.ask(url);
    }

    /** @throws CallFailedException as {@link #scrape} */
    MetricsText read(HttpLook.Pending pending) throws CallFailedException, InterruptedException {
        MetricsText text = MetricsText.parse(body(pending));
        if (text.samples().stream().noneMatch(sample -> sample.name().startsWith(of.prefix))) {
            throw failed("tells no metric " + of.prefix + "…: is it the " + of.whose + " Prometheus endpoint?");
        }
        return text;
    }

    private String body(HttpLook.Pending pending) throws CallFailedException, InterruptedException {
        try {
            HttpLook.Answer answer = look.wait(pending);
            if (answer.status() != OK) {
                throw failed("answers " + answer.status());
            }
            return answer.body();
        } catch (IOException e) {
            throw failed(e.getMessage());
        }
    }

    private CallFailedException failed(String what) {
        return CallFailedException.because(of.operation, url + " " + what);
    }
}
