package io.svidflow.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.Svidflow;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TopicsCommandTest {

    private static final EmbeddedKafka KAFKA = new EmbeddedKafka();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        KAFKA.start();
    }

    @AfterAll
    static void stop() {
        KAFKA.close();
    }

    @Test
    void shouldCreateWhatIsMissingAndRefuseAnotherCount() throws IOException {
        assertThat(run("check", 3)).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains(Topics.NODE_EVENTS.name() + " does not exist; run svidflow topics create");

        assertThat(run("create", 3)).isEqualTo(ExitCode.OK);
        // What has been created is visible a moment later.
        await().untilAsserted(() -> assertThat(run("check", 3)).isEqualTo(ExitCode.OK));
        assertThat(out.toString()).contains("all topics are as they should be");

        assertThat(run("describe", 3)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).containsPattern("svidflow.checkpoints +1 +1 .*write");

        assertThat(run("check", 5)).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("svidflow.pod-events has 3 partitions, but 5 are asked for");

        assertThat(run("create", 5)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("exists with 3 partitions, but 5 are asked for")
                .doesNotContain("at io.svidflow");
    }

    private int run(String verb, int partitions) throws IOException {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Path file = Files.writeString(
                folder.resolve("svidflow.yaml"),
                "kafka.bootstrap.servers: " + KAFKA.bootstrapServers() + "\nregistry.url: mock://topics\npartitions: "
                        + partitions + "\n");
        return Svidflow.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("topics", verb, "--config", file.toString());
    }
}
