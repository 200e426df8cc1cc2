package io.svidflow.cli.source;

import io.svidflow.cli.access.SpireAccess;
import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.spire.poll.PollSettings;
import io.svidflow.producer.spire.poll.RawAnswers;
import io.svidflow.producer.spire.poll.SpireServerSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The API of the SPIRE server. */
final class SpireServerFactory implements SourceFactory {

    /** While nothing is asked nothing is promised for longer than a little. */
    static final Form<Duration> INTERVALS = Form.duration(Duration.ofMillis(100), Duration.ofSeconds(60));

    private static final Key<Duration> INTERVAL =
            Key.of("sources.spire-server.interval", INTERVALS, "5s", "From one listing to the next.");

    private static final Key<List<String>> METRICS = Key.optional(
            "sources.spire-server.metrics",
            Form.LIST,
            "http://spire-server-0.spire:9988/metrics",
            "Prometheus endpoints of the servers (telemetry), at most 10. What they count is kept as an observation; no"
                    + " verdict rests on it. Left out: not read.");
    private static final int MOST_METRICS = 10;

    @Override
    public List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(SpireAccess.keys());
        keys.add(INTERVAL);
        keys.add(METRICS);
        return keys;
    }

    @Override
    public Optional<Function<Surroundings, List<Planned>>> read(Section all) {
        Duration interval = all.get(INTERVAL, Duration.ofSeconds(1));
        List<URI> metrics = metrics(all);
        Optional<SpireAccess> access = SpireAccess.read(all);
        if (access.isEmpty() && !metrics.isEmpty()) {
            all.problem(
                    METRICS, "is set, and no server is to be asked", "set sources.spire-server.socket or address too");
        }
        return access.map(server -> around -> {
            PollSettings settings = PollSettings.ofServer().every(interval);
            SpireServerSource source = new SpireServerSource(
                    server.endpoint(), settings, around.directory(), metrics, raw(around), around.clock());
            return List.of(new Planned(
                    source, Set.of(Source.of(SourceKind.SPIRE_SERVER)), Set.of(), source::check, server.resource()));
        });
    }

    static RawAnswers raw(Surroundings around) {
        return around.raw().isPresent() ? around.raw().get() : RawAnswers.NONE;
    }

    private static List<URI> metrics(Section all) {
        List<String> urls = all.find(METRICS).orElse(List.of());
        if (urls.size() > MOST_METRICS) {
            all.problem(METRICS, "names " + urls.size() + " endpoints", "name 10 at most");
            return List.of();
        }
        List<URI> metrics = new ArrayList<>();
        for (String url : urls) {
            try {
                metrics.add(Form.URL.reading().apply(url));
            } catch (IllegalArgumentException e) {
                all.problem(METRICS, "names \"" + url + "\"", Form.URL.remedy());
            }
        }
        return metrics;
    }
}
