package io.svidflow.cli.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.svidflow.cli.config.Configuration;
import io.svidflow.cli.source.Catalogue;
import io.svidflow.event.RemediationAction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deploy/resync-agent starts is what the code reads; as it is, it carries out nothing. */
class ResyncAgentManifestTest {

    private static final Path MANIFEST = Path.of("..", "deploy", "resync-agent", "stateful-set.yaml");

    @TempDir
    private Path folder;

    @Test
    void shouldCarryOutNothingUntilSomebodyAllowsIt() throws IOException {
        String configuration = of(ConfigMap.class).getData().get("svidflow.yaml");

        assertThat(read(configuration)).isEmpty();
    }

    @Test
    void shouldKnowEveryKeyThatItOffers() throws IOException {
        String offered = of(ConfigMap.class)
                .getData()
                .get("svidflow.yaml")
                .replaceAll("(?m)^(\\s*)# (allow|causes|sources|  )", "$1$2")
                .replace("/etc/svidflow", folder.toString());
        Files.createDirectories(folder.resolve("trusted"));
        Files.createDirectories(folder.resolve("admin"));
        Files.writeString(folder.resolve("trusted/decider-1.pem"), """
                -----BEGIN PUBLIC KEY-----
                MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
                -----END PUBLIC KEY-----
                """);

        assertThat(read(offered).orElseThrow().who().allowance().keys())
                .containsOnlyKeys(RemediationAction.RESTART_AGENT);
    }

    @Test
    void shouldStartTheVerbWithTheMountedSettings() throws IOException {
        Container container = of(StatefulSet.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);

        assertThat(container.getArgs())
                .startsWith("run", "resync-agent")
                .endsWith(container.getVolumeMounts().get(0).getMountPath());
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/live");
    }

    private Optional<ResyncAgentSettings> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("svidflow.yaml"), text);
        Configuration configuration = Configuration.read(Optional.of(file), Map.of(), Catalogue.keys());
        Optional<ResyncAgentSettings> settings = ResyncAgentSettings.read(configuration.all());
        configuration.installation();
        configuration.throwIfWrong();
        return settings;
    }

    private static <T extends HasMetadata> T of(Class<T> kind) throws IOException {
        try (KubernetesClient client = new KubernetesClientBuilder().build();
                InputStream in = Files.newInputStream(MANIFEST)) {
            List<HasMetadata> all = client.load(in).items();
            return all.stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
