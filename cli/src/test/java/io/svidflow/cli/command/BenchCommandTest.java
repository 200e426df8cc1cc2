package io.svidflow.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.Svidflow;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldRefuseABacklogOfNothing() {
        assertThat(run("bench", "--backlog", "0")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("backlog must last a second at least");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldSayWhatItMeasures() {
        assertThat(run("bench", "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("1,000 nodes with 30 pods each").contains("--seed");
    }

    @Test
    void shouldRefuseAClusterWithoutPods() {
        assertThat(run("bench", "producers", "--pods", "0")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("--pods and --nodes must be positive, but are 0 and 5000");
    }

    private int run(String... args) {
        CommandLine command = Svidflow.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(args);
    }
}
