package io.svidflow.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.Svidflow;
import io.svidflow.producer.bundle.BundleReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class WatchCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter told = new StringWriter();
    private final StringWriter said = new StringWriter();

    @Test
    void shouldObserveWithABrokerOfItsOwnAndCaptureWhatItSaw() throws IOException {
        Files.writeString(folder.resolve("agent.log"), "");
        Path captured = folder.resolve("captured");

        int exit = watch("""
                cluster: lab
                http.listen: "127.0.0.1:0"
                kafka: {bootstrap.servers: "of-production:9092"}
                sources:
                  log-files:
                    files: [{path: "%s/{member}.log", kind: agent-log}]
                """.formatted(folder), "--for", "8s", "--capture", captured.toString());

        assertThat(said.toString())
                .contains("observing log-files of cluster lab")
                .doesNotContain("of-production");
        assertThat(exit).isEqualTo(ExitCode.OK);
        assertThat(new BundleReader().read(captured).manifest().cluster()).isEqualTo("lab");
    }

    @Test
    void shouldTellWhatIsWrongWithTheConfigurationAndLeaveNothingBehind() throws IOException {
        int exit = watch("""
                sources:
                  kubernets: {enabled: true}
                """);

        assertThat(exit).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.toString()).contains("kubernets").contains("cluster");
        assertThat(told.toString()).isEmpty();
    }

    @Test
    void shouldWantAnEndWhereSomethingIsCaptured() throws IOException {
        int exit =
                watch("cluster: lab\n", "--capture", folder.resolve("captured").toString());

        assertThat(exit).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.toString()).contains("--capture: is given without an end; add --for, e.g. --for 30m");
    }

    private int watch(String configuration, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("svidflow.yaml"), configuration);
        String[] words = new String[options.length + 3];
        words[0] = "watch";
        words[1] = "--config";
        words[2] = file.toString();
        System.arraycopy(options, 0, words, 3, options.length);
        return Svidflow.commandLine()
                .setOut(new PrintWriter(told))
                .setErr(new PrintWriter(said))
                .execute(words);
    }
}
