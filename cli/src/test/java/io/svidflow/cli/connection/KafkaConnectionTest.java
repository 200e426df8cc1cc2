package io.svidflow.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.svidflow.cli.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class KafkaConnectionTest {

    private static final String[] BOTH = {"--bootstrap-servers=kafka:9092", "--schema-registry-url=http://registry"};

    @TempDir
    private Path directory;

    @Test
    void shouldGiveClientSettings() {
        assertThat(settings(Map.of(), BOTH))
                .containsExactly(
                        entry("bootstrap.servers", "kafka:9092"), entry("schema.registry.url", "http://registry"));
    }

    @Test
    void shouldTakeAnySettingFromTheEnvironment() {
        assertThat(settings(Map.of("SVIDFLOW_KAFKA_SECURITY_PROTOCOL", "SSL", "OTHER", "x"), BOTH))
                .containsEntry("security.protocol", "SSL")
                .hasSize(3);
    }

    @Test
    void shouldLetTheEnvironmentWinOverTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("client.properties"), "acks=1\nlinger.ms=5\n");
        String[] options = {BOTH[0], BOTH[1], "--kafka-config=" + file};

        assertThat(settings(Map.of("SVIDFLOW_KAFKA_ACKS", "all"), options))
                .containsEntry("acks", "all")
                .containsEntry("linger.ms", "5");
    }

    @Test
    void shouldAskForWhatIsMissing() {
        assertThatThrownBy(() -> settings(Map.of(), BOTH[0]))
                .isInstanceOf(BadInput.class)
                .hasMessage("--schema-registry-url: is missing; give it, or set SVIDFLOW_SCHEMA_REGISTRY_URL");
    }

    @Test
    void shouldNameAFileThatCannotBeRead() {
        assertThatThrownBy(() -> settings(Map.of(), "--kafka-config=" + directory.resolve("absent")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("absent: cannot be read as properties");
    }

    private static SortedMap<String, String> settings(Map<String, String> environment, String... arguments) {
        Verb verb = new Verb();
        new CommandLine(verb).parseArgs(arguments);
        return verb.connection.settings(environment);
    }

    @Command(name = "verb")
    private static final class Verb {

        @CommandLine.Mixin
        private final KafkaConnection connection = new KafkaConnection();
    }
}
