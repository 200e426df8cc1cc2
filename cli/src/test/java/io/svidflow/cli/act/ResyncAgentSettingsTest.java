package io.svidflow.cli.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.config.Configuration;
import io.svidflow.cli.source.Catalogue;
import io.svidflow.event.RemediationAction;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResyncAgentSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void shouldActOnNothingWhereNothingIsSaid() {
        assertThat(read(Map.of())).isEmpty();
    }

    @Test
    void shouldActOnTheOneCauseThatIsTurnedOn() {
        ResyncAgentSettings settings = read(Map.of(
                        "SVIDFLOW_RESYNC_AGENT_ALLOW", "RESTART_AGENT",
                        "SVIDFLOW_RESYNC_AGENT_CAUSES", "AGENT_SYNC_BACKOFF",
                        "SVIDFLOW_RESYNC_AGENT_NAME", "actor-1",
                        "SVIDFLOW_RESYNC_AGENT_TRUSTED_KEYS", folder.toString(),
                        "SVIDFLOW_SOURCES_SPIRE_SERVER_SOCKET", "/run/spire/api.sock"))
                .orElseThrow();

        assertThat(settings.who().allowance().keys()).containsOnlyKeys(RemediationAction.RESTART_AGENT);
        assertThat(settings.who().protectedNamespaces()).contains("kube-system");
        assertThat(settings.words())
                .startsWith("actor-1 of cluster prod carries out RESTART_AGENT about AGENT_SYNC_BACKOFF");
    }

    @Test
    void shouldTellAtOnceEverythingThatIsMissing() {
        assertThatThrownBy(() -> read(Map.of("SVIDFLOW_RESYNC_AGENT_ALLOW", "RESTART_AGENT")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("resync-agent.trusted-keys")
                .hasMessageContaining("sources.spire-server.socket");
    }

    @Test
    void shouldNotNeedAnIdentityOfThePlaneThatItRepairs() {
        assertThatThrownBy(() -> read(Map.of(
                        "SVIDFLOW_RESYNC_AGENT_ALLOW", "RESTART_AGENT",
                        "SVIDFLOW_RESYNC_AGENT_TRUSTED_KEYS", folder.toString(),
                        "SVIDFLOW_SOURCES_SPIRE_SERVER_ADDRESS", "spire-server:8081",
                        "SVIDFLOW_SOURCES_SPIRE_SERVER_TRUST_DOMAIN", "example.org",
                        "SVIDFLOW_SOURCES_SPIRE_SERVER_WORKLOAD_API", "unix:/run/spire/agent.sock")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("agents that are to be repaired");
    }

    @Test
    void shouldNotTakeAnEmptyScopeForEverything() {
        assertThatThrownBy(() -> read(Map.of("SVIDFLOW_RESYNC_AGENT_ALLOW", ",")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> read(Map.of("SVIDFLOW_RESYNC_AGENT_ALLOW", "RESTART_NODE")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("RESTART_NODE");
        assertThatThrownBy(() -> read(Map.of("SVIDFLOW_RESYNC_AGENT_CAUSES", "AGENT_BANNED")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("AGENT_BANNED");
    }

    private static Optional<ResyncAgentSettings> read(Map<String, String> said) {
        Map<String, String> environment = new HashMap<>(said);
        environment.put("SVIDFLOW_BOOTSTRAP_SERVERS", "kafka:9092");
        environment.put("SVIDFLOW_SCHEMA_REGISTRY_URL", "http://registry:8081");
        environment.put("SVIDFLOW_CLUSTER", "prod");
        Configuration configuration = Configuration.read(Optional.empty(), environment, Catalogue.keys());
        Optional<ResyncAgentSettings> settings = ResyncAgentSettings.read(configuration.all());
        configuration.throwIfWrong();
        return settings;
    }
}
