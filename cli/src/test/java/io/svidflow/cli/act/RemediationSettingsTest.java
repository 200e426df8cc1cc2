package io.svidflow.cli.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.config.Configuration;
import io.svidflow.cli.source.Catalogue;
import io.svidflow.event.RemediationRun;
import io.svidflow.remediation.Mode;
import io.svidflow.remediation.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemediationSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void shouldObserveWhereNothingIsSet() {
        RemediationSettings settings = read(Map.of());

        assertThat(settings.signer()).isEmpty();
        assertThat(settings.policy().run()).isEqualTo(RemediationRun.LIVE);
        assertThat(settings.policy().modes().rules()).isEmpty();
        assertThat(settings.policy().protectedNamespaces()).isEqualTo(Policy.PROTECTED);
    }

    @Test
    void shouldNotActWithoutAKey() {
        assertThatThrownBy(() -> read(Map.of("SVIDFLOW_REMEDIATION_MODES", "REGISTRAR_LAG=act")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("remediation.signing-key");
    }

    @Test
    void shouldRefuseAnEmptyScopeAtTheStart() {
        assertThatThrownBy(() -> read(Map.of("SVIDFLOW_REMEDIATION_MODES", ",")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> read(Map.of("SVIDFLOW_REMEDIATION_MODES", "*=act")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("name each cause");
    }

    @Test
    void shouldNameTheKeyFileThatItCannotRead() {
        String absent = folder.resolve("absent.pem").toString();

        assertThatThrownBy(() -> read(Map.of("SVIDFLOW_REMEDIATION_SIGNING_KEY", absent)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("absent.pem");
    }

    @Test
    void shouldActOnTheOneCauseThatIsTurnedOn() throws IOException, GeneralSecurityException {
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        Path file = Files.writeString(
                folder.resolve("decider-1.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");

        RemediationSettings settings = read(Map.of(
                "SVIDFLOW_REMEDIATION_MODES", "REGISTRAR_LAG/shop=act",
                "SVIDFLOW_REMEDIATION_SIGNING_KEY", file.toString(),
                "SVIDFLOW_REMEDIATION_PROTECTED_NAMESPACES", "payments"));

        assertThat(settings.policy().modes().rules()).singleElement().satisfies(rule -> {
            assertThat(rule.cause()).isEqualTo("REGISTRAR_LAG");
            assertThat(rule.namespace()).isEqualTo("shop");
            assertThat(rule.mode()).isEqualTo(Mode.ACT);
        });
        assertThat(settings.signer()).isPresent();
        assertThat(settings.policy().signs()).isTrue();
        assertThat(settings.policy().protectedNamespaces()).contains("payments", "kube-system");
    }

    private static RemediationSettings read(Map<String, String> said) {
        Map<String, String> environment = new HashMap<>(said);
        environment.put("SVIDFLOW_BOOTSTRAP_SERVERS", "kafka:9092");
        environment.put("SVIDFLOW_SCHEMA_REGISTRY_URL", "http://registry:8081");
        Configuration configuration = Configuration.read(Optional.empty(), environment, Catalogue.keys());
        RemediationSettings settings = RemediationSettings.read(configuration.all());
        configuration.throwIfWrong();
        return settings;
    }
}
