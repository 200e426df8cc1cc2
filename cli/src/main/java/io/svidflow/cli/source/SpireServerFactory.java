package io.svidflow.cli.source;

import io.svidflow.cli.access.SpireAccess;
import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.spire.poll.PollSettings;
import io.svidflow.producer.spire.poll.SpireServerSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The API of the SPIRE server. */
final class SpireServerFactory implements SourceFactory {

    private static final Key<Duration> INTERVAL =
            Key.of("sources.spire-server.interval", Form.DURATION, "5s", "From one listing to the next, at most 60 s.");

    @Override
    public List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(SpireAccess.keys());
        keys.add(INTERVAL);
        return keys;
    }

    @Override
    public Optional<Function<Surroundings, List<Planned>>> read(Section all) {
        Duration interval = all.get(INTERVAL, Duration.ofSeconds(1));
        return SpireAccess.read(all).map(server -> around -> {
            PollSettings settings = PollSettings.ofServer().every(interval);
            SpireServerSource source =
                    new SpireServerSource(server.endpoint(), settings, around.directory(), around.clock());
            return List.of(new Planned(
                    source, Set.of(Source.of(SourceKind.SPIRE_SERVER)), Set.of(), source::check, server.resource()));
        });
    }
}
