package io.svidflow.cli.judge;

import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.diagnosis.Backoff;
import io.svidflow.diagnosis.SpireVersion;
import io.svidflow.topology.IncidentTopology;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How often the agents of an installation synchronise, which decides how long they wait after a fault. */
public final class AgentSchedule {

    private static final Duration USUAL =
            IncidentTopology.Settings.defaults().backoff().interval();
    private static final Key<Duration> INTERVAL = Key.of(
            "agents.sync-interval",
            Form.DURATION,
            USUAL.toSeconds() + "s",
            "The agents' sync_interval (agent.conf, experimental). How long an agent waits after a fault is predicted from"
                    + " it: a wrong one makes wrong predictions.");
    private static final Key<String> VERSION = Key.optional(
            "agents.version",
            Form.TEXT,
            "1.12.2",
            "SPIRE version of agents that do not tell theirs. Left out: a recent one.");

    private AgentSchedule() {}

    /** Keys that are read here. */
    public static List<Key<?>> keys() {
        return List.of(INTERVAL, VERSION);
    }

    /** Reads them; what is wrong is noted, and what is returned then is SPIRE's own default. */
    public static Backoff read(Section all) {
        Duration interval = all.get(INTERVAL, USUAL);
        if (interval.isZero() || interval.isNegative()) {
            all.problem(INTERVAL, "is " + interval.toMillis() + " ms", "write the agents' sync_interval, e.g. 5s");
            interval = USUAL;
        }
        Optional<String> text = all.find(VERSION);
        Optional<SpireVersion> version = text.flatMap(SpireVersion::of);
        if (text.isPresent() && version.isEmpty()) {
            all.problem(VERSION, "is \"" + text.get() + "\", which is no version", "write e.g. 1.12.2");
        }
        return new Backoff(interval, version.orElse(null));
    }
}
