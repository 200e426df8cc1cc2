package io.svidflow.cli.act;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.svidflow.cli.config.HostAndPort;
import io.svidflow.cli.run.HealthEndpoint;
import io.svidflow.producer.health.Health;
import io.svidflow.producer.health.HealthServer;
import io.svidflow.resync.journal.Pulse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What probes and Prometheus ask a resync agent: whether it looks for commands. */
final class ActorHealth implements Health, AutoCloseable {

    /** A command takes a few requests of ten seconds each at most; who is silent for longer than this hangs. */
    private static final Duration DEAD = Duration.ofMinutes(5);

    private static final Duration UNREADY = Duration.ofSeconds(60);

    private final Pulse pulse;
    private final Clock clock;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HealthServer server;

    /** @throws java.io.UncheckedIOException if nobody can listen there */
    ActorHealth(HostAndPort where, Pulse pulse, Clock clock) {
        this.pulse = pulse;
        this.clock = clock;
        Gauge.builder(
                        "svidflow.resync.agent.silence",
                        () -> pulse.silence(clock.instant()).toMillis() / 1000.0)
                .baseUnit("seconds")
                .description("Since it last looked for commands")
                .register(metrics);
        this.server = HealthEndpoint.open(HealthEndpoint.RESYNC_AGENT, where, this, metrics);
    }

    int port() {
        return server.port();
    }

    /** While Kafka is in trouble it begins anew by itself: a restart would not help. */
    @Override
    public List<String> dead() {
        return pulse.trouble().isPresent() ? List.of() : silentFor(DEAD);
    }

    @Override
    public List<String> unready() {
        return pulse.trouble().map(List::of).orElseGet(() -> silentFor(UNREADY));
    }

    private List<String> silentFor(Duration atLeast) {
        Duration silence = pulse.silence(clock.instant());
        return silence.compareTo(atLeast) > 0
                ? List.of("it has not looked for commands for " + silence.toSeconds() + " s")
                : List.of();
    }

    @Override
    public void close() {
        server.close();
        metrics.close();
    }
}
