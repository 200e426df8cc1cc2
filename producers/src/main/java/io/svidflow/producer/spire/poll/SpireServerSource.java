package io.svidflow.producer.spire.poll;

import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.LiveSource;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.spire.NodeDirectory;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries, agents and authorities of a SPIRE server, asked for over and over, and what its metrics count: SPIRE has no
 * stream of changes. A server that refuses,
 * fails, or does not answer in time is told of as a failed observation, one that answers slowly too; meanwhile the source
 * goes on promising, because a listing that fails is evidence and not blindness.
 */
public final class SpireServerSource implements LiveSource {

    private final SpireEndpoint endpoint;
    private final PollSettings settings;
    private final NodeDirectory directory;
    private final List<MetricsEndpoint> metrics;
    private final RawAnswers raw;
    private final Clock clock;

    /**
     * @param directory learns from each agent which node it is on, and knows where pods are if Kubernetes is observed by
     *     the same process; safe for use by several threads
     */
    public SpireServerSource(SpireEndpoint endpoint, PollSettings settings, NodeDirectory directory, Clock clock) {
        this(endpoint, settings, directory, List.of(), RawAnswers.NONE, clock);
    }

    /**
     * @param directory as above
     * @param metrics Prometheus endpoints of the servers, e.g. {@code http://spire-server-0.spire:9988/metrics}
     * @param raw sees the objects themselves
     */
    public SpireServerSource(
            SpireEndpoint endpoint,
            PollSettings settings,
            NodeDirectory directory,
            List<URI> metrics,
            RawAnswers raw,
            Clock clock) {
        this.raw = raw;
        this.endpoint = endpoint;
        this.metrics = metrics.stream()
                .map(url -> new MetricsEndpoint(MetricsEndpoint.Of.SERVER, url, settings.slow()))
                .toList();
        this.settings = settings;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public String name() {
        return SourceKind.SPIRE_SERVER.label();
    }

    @Override
    public void observe(Outlets outlets) throws InterruptedException {
        Outlet outlet = outlets.of(Source.of(SourceKind.SPIRE_SERVER));
        Voice voice = new Voice(outlet, endpoint.address(), clock);
        try (SpireConnection connection = new SpireConnection(endpoint, settings.timeout())) {
            ServerRounds rounds = new ServerRounds(connection, voice, settings, directory, raw);
            ServerMetricsRounds numbers = new ServerMetricsRounds(metrics, voice);
            while (!Thread.currentThread().isInterrupted()) {
                Instant next = clock.instant().plus(settings.interval());
                rounds.once();
                numbers.once();
                voice.promise();
                voice.waitUntil(next);
            }
            throw new InterruptedException("asked to stop");
        }
    }

    /**
     * Tries what the source needs.
     *
     * @return what is missing, each with its remedy; empty if everything is there
     */
    public List<String> check() throws InterruptedException {
        List<String> problems = new ArrayList<>(ServerCheck.problems(endpoint, settings.timeout()));
        for (MetricsEndpoint each : metrics) {
            try {
                each.scrape();
            } catch (CallFailedException e) {
                problems.add(e.getMessage()
                        + "; see that the server runs, and set telemetry { Prometheus { host, port } } in its"
                        + " configuration, or leave it out here");
            }
        }
        return problems;
    }
}
