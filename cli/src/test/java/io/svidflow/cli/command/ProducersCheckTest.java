package io.svidflow.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.Svidflow;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProducersCheckTest {

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void shouldPrintWhatIsMissingAndSay1() throws IOException {
        try (EmbeddedKafka kafka = new EmbeddedKafka().start()) {
            kafka.createTopics(Topics.NODE_FACTS, topic -> 3);

            int exit = check("""
                    cluster: lab
                    kafka.bootstrap.servers: %s
                    registry.url: mock://check
                    partitions: 3
                    sources:
                      spire-server:
                        socket: %s/api.sock
                    """.formatted(kafka.bootstrapServers(), folder));

            assertThat(exit).isEqualTo(ExitCode.FAILED);
            assertThat(said.toString())
                    .contains("MISSING  Kafka " + kafka.bootstrapServers())
                    .contains("ok       schema registry mock://check")
                    .contains("MISSING  spire-server")
                    .contains(Topics.CHECKPOINTS.name() + " does not exist; run svidflow topics create")
                    .contains(folder + "/api.sock")
                    .doesNotContain(Topics.ENTRY_EVENTS.name() + " does not exist");
        }
    }

    @Test
    void shouldTellEverythingThatIsWrongWithTheConfiguration() throws IOException {
        int exit = check("""
                kafka.bootstrap.servers: kafka:9092
                partitions: 0
                expected.sources: [kubernets]
                sources:
                  agent-debug:
                    agents:
                      - socket: /run/admin.sock
                """);

        assertThat(exit).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.toString())
                .contains("cluster: is not set")
                .contains("registry.url: is not set")
                .contains("partitions: is \"0\"")
                .contains("expected.sources: names \"kubernets\", which is no source of a whole cluster")
                .contains("sources.agent-debug.agents[0].node: is not set; set it, or the node of this process");
    }

    @Test
    void shouldAskForSomethingToObserve() throws IOException {
        int exit = check("cluster: lab\nkafka.bootstrap.servers: kafka:9092\nregistry.url: mock://check\n");

        assertThat(exit).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.toString()).contains("sources: name nothing to observe; enable at least one");
    }

    private int check(String configuration) throws IOException {
        Path file = Files.writeString(folder.resolve("svidflow.yaml"), configuration);
        return Svidflow.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute("run", "producers", "--check", "--config", file.toString());
    }
}
