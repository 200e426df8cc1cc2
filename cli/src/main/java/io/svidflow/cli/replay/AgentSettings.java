package io.svidflow.cli.replay;

import io.svidflow.cli.BadInput;
import io.svidflow.diagnosis.Backoff;
import io.svidflow.diagnosis.SpireVersion;
import io.svidflow.producer.bundle.IncidentManifest;
import io.svidflow.topology.IncidentTopology;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What {@code incident.yaml} says about the agents: {@code spireVersion} and {@code settings.syncInterval}. */
final class AgentSettings {

    private AgentSettings() {}

    /** When the agents of the incident try again. */
    static Backoff of(IncidentManifest manifest) {
        Duration interval = duration(manifest, "syncInterval")
                .orElse(IncidentTopology.Settings.defaults().backoff().interval());
        if (interval.isZero() || interval.isNegative()) {
            throw noDuration("syncInterval", interval);
        }
        return new Backoff(
                interval, manifest.spireVersion().flatMap(SpireVersion::of).orElse(null));
    }

    /**
     * A setting that is a length of time.
     *
     * @throws BadInput if it is none
     */
    static Optional<Duration> duration(IncidentManifest manifest, String setting) {
        Object text = manifest.settings().get(setting);
        try {
            return Optional.ofNullable(text)
                    .map(value -> Duration.parse("PT" + value.toString().strip()));
        } catch (DateTimeParseException e) {
            throw noDuration(setting, text);
        }
    }

    private static BadInput noDuration(String setting, Object value) {
        return new BadInput(
                "incident.yaml",
                "settings." + setting + " is " + value + ", which is no duration above zero",
                "write it like 90s, 10m or 1h30m");
    }
}
