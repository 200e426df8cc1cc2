package io.svidflow.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.cli.BadInput;
import io.svidflow.diagnosis.Backoff;
import io.svidflow.diagnosis.SpireVersion;
import io.svidflow.producer.bundle.IncidentManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentSettingsTest {

    @Test
    void shouldTakeTheAgentsAsTheIncidentDescribesThem() {
        assertThat(AgentSettings.of(manifest("1.6.3", Map.of("syncInterval", "1m"))))
                .isEqualTo(new Backoff(
                        Duration.ofMinutes(1), SpireVersion.of("1.6.3").orElseThrow()));
    }

    @Test
    void shouldTakeSpiresDefaultsWhereItSaysNothing() {
        assertThat(AgentSettings.of(manifest(null, Map.of()))).isEqualTo(new Backoff(Duration.ofSeconds(5)));
        assertThat(AgentSettings.of(manifest("nightly", Map.of())).version()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "0s", "-5s", "5"})
    void shouldRefuseAnIntervalThatIsNone(String text) {
        assertThatThrownBy(() -> AgentSettings.of(manifest(null, Map.of("syncInterval", text))))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("settings.syncInterval")
                .hasMessageContaining("write it like 90s, 10m or 1h30m");
    }

    private static IncidentManifest manifest(String version, Map<String, Object> settings) {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        return new IncidentManifest(
                "id",
                "",
                "lab",
                Optional.empty(),
                start,
                start.plusSeconds(60),
                Optional.ofNullable(version),
                settings,
                Optional.empty());
    }
}
