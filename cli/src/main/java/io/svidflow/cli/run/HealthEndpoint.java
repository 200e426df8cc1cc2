package io.svidflow.cli.run;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.HostAndPort;
import io.svidflow.cli.config.Key;
import io.svidflow.producer.health.Health;
import io.svidflow.producer.health.HealthServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Where the health of a process is served: /live, /ready and /metrics. */
public final class HealthEndpoint {

    /** Of {@code run streams}. */
    public static final Key<HostAndPort> STREAMS = Key.optional(
            "streams.listen",
            Form.HOST_AND_PORT,
            "0.0.0.0:9466",
            "Where streams serve /live, /ready and /metrics. Left out: nowhere.");

    /** Of {@code run resync-agent}. */
    public static final Key<HostAndPort> RESYNC_AGENT = Key.optional(
            "resync-agent.listen",
            Form.HOST_AND_PORT,
            "0.0.0.0:9465",
            "Where the resync agent serves /live, /ready and /metrics. Left out: nowhere.");

    private HealthEndpoint() {}

    /** Keys that are read here. */
    public static List<Key<?>> keys() {
        return List.of(STREAMS, RESYNC_AGENT);
    }

    /**
     * Begins to serve.
     *
     * @param key that says where, for the message if nobody can listen there
     * @throws UncheckedIOException if nobody can listen there
     */
    public static HealthServer open(Key<?> key, HostAndPort where, Health health, PrometheusMeterRegistry metrics) {
        try {
            return new HealthServer(new InetSocketAddress(where.host(), where.port()), health, metrics);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    key.path() + ": cannot listen at " + where.host() + ":" + where.port() + ": " + e.getMessage()
                            + "; choose another",
                    e);
        }
    }
}
