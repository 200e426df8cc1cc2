package io.svidflow.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.run.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private static final Key<Duration> PAUSE = Key.of("sources.some.pause", Form.DURATION, "5s", "How long.");
    private static final Key<List<String>> NAMES = Key.optional("sources.some.names", Form.LIST, "a, b", "Which.");
    private static final Key<Path> SOCKET =
            Key.required("sources.some.agents[].socket", Form.PATH, "/run/a.sock", "Where.");
    private static final Map<String, String> LEAST =
            Map.of("SVIDFLOW_BOOTSTRAP_SERVERS", "kafka:9092", "SVIDFLOW_SCHEMA_REGISTRY_URL", "http://registry:8081");

    @TempDir
    private Path folder;

    @Test
    void shouldWorkWithTheEnvironmentAlone() {
        Configuration configuration = Configuration.read(
                Optional.empty(),
                with(LEAST, "SVIDFLOW_KAFKA_SECURITY_PROTOCOL", "SSL", "SVIDFLOW_PARTITIONS", "12"),
                keys());
        Installation installation = configuration.installation();
        configuration.throwIfWrong();

        assertThat(installation.partitions()).isEqualTo(12);
        assertThat(installation.settings())
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("schema.registry.url", "http://registry:8081")
                .containsEntry("security.protocol", "SSL");
    }

    @Test
    void shouldReadTheFileAndLetTheEnvironmentWin() throws IOException {
        Path file = write("""
                kafka:
                  bootstrap.servers: of-the-file:9092
                  ssl:
                    truststore.location: /etc/ca.p12
                registry.url: http://of-the-file:8081
                sources:
                  some:
                    pause: 250ms
                    names: [x, y]
                    agents:
                      - socket: /run/one.sock
                      - socket: /run/two.sock
                """);
        Configuration configuration = Configuration.read(
                Optional.empty(),
                Map.of("SVIDFLOW_CONFIG", file.toString(), "SVIDFLOW_BOOTSTRAP_SERVERS", "of-the-environment:9092"),
                keys());
        Section all = configuration.all();

        assertThat(configuration.installation().settings())
                .containsEntry("bootstrap.servers", "of-the-environment:9092")
                .containsEntry("schema.registry.url", "http://of-the-file:8081")
                .containsEntry("ssl.truststore.location", "/etc/ca.p12");
        assertThat(all.find(PAUSE)).contains(Duration.ofMillis(250));
        assertThat(all.find(NAMES)).contains(List.of("x", "y"));
        assertThat(all.blocks("sources.some.agents"))
                .extracting(agent -> agent.get(SOCKET, Path.of("")))
                .containsExactly(Path.of("/run/one.sock"), Path.of("/run/two.sock"));
        configuration.throwIfWrong();
    }

    @Test
    void shouldPayNoAttentionToBrokersWhereTheProcessBringsItsOwn() throws IOException {
        Path file = write("""
                kafka: {bootstrap.servers: "of-production:9092", security.protocol: SSL}
                state.dir: /var/lib/svidflow
                sources.some.pause: 3s
                """);
        Installation own = new Installation(Map.of("bootstrap.servers", "localhost:1"), "/tmp/own", 3);
        Configuration configuration = Configuration.read(Optional.of(file), LEAST, keys(), own);
        configuration.throwIfWrong();

        assertThat(configuration.installation()).isEqualTo(own);
        assertThat(configuration.all().find(PAUSE)).contains(Duration.ofSeconds(3));
    }

    @Test
    void shouldTellEverythingThatIsWrongAtOnce() throws IOException {
        Path file = write("""
                partitions: many
                sources:
                  some:
                    puase: 3s
                    agents:
                      - socket: /run/one.sock
                      - sockets: /run/two.sock
                registry:
                  url: http://registry:8081
                """);
        Configuration configuration =
                Configuration.read(Optional.of(file), Map.of("SVIDFLOW_SOURCES_SOME_PAUSE", "a while"), keys());
        configuration.installation();
        configuration.all().find(PAUSE);
        configuration.all().blocks("sources.some.agents").forEach(agent -> agent.find(SOCKET));

        assertThatThrownBy(configuration::throwIfWrong)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("partitions: is \"many\"; write a whole number from 1 to 10000, e.g. 6")
                .hasMessageContaining("sources.some.puase: is no setting; did you mean sources.some.pause?")
                .hasMessageContaining("sources.some.agents[1].sockets: is no setting")
                .hasMessageContaining("sources.some.agents[1].socket: is not set; set it there, e.g. to /run/a.sock")
                .hasMessageContaining("SVIDFLOW_SOURCES_SOME_PAUSE: is \"a while\"; write e.g. 500ms")
                .hasMessageContaining("kafka.bootstrap.servers: is not set; set it there or by"
                        + " SVIDFLOW_BOOTSTRAP_SERVERS, e.g. to kafka:9092")
                .hasMessageNotContaining("registry");
    }

    @Test
    void shouldNameTheLineOfAFileThatIsNoYaml() throws IOException {
        Path file = write("partitions: 6\nsources: [\n");

        assertThatThrownBy(() -> Configuration.read(Optional.of(file), LEAST, keys()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(file + ":")
                .hasMessageContaining("is no YAML");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        assertThatThrownBy(() -> Configuration.read(Optional.of(folder.resolve("none.yaml")), LEAST, keys()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("none.yaml")
                .hasMessageContaining("cannot be read");
    }

    private static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(Configuration.commonKeys());
        keys.addAll(List.of(PAUSE, NAMES, SOCKET));
        return keys;
    }

    private static Map<String, String> with(Map<String, String> map, String... more) {
        Map<String, String> all = new java.util.HashMap<>(map);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("svidflow.yaml"), text);
    }
}
