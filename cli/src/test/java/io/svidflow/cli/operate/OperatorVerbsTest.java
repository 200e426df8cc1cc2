package io.svidflow.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.Svidflow;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the verbs refuse before they ask any broker. */
class OperatorVerbsTest {

    private final StringWriter err = new StringWriter();

    @Test
    void shouldAskForAReason() {
        assertThat(run("pause", "--cluster", "lab")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("--reason");
    }

    @Test
    void shouldAskForTheCluster() {
        assertThat(run("pause", "--reason", "upgrade", "--cluster", "")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("SVIDFLOW_CLUSTER");
    }

    @Test
    void shouldExplainLengthsOfTime() {
        assertThat(run("pause", "--cluster", "lab", "--reason", "upgrade", "--for", "soon"))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("30m");
    }

    @Test
    void shouldNotAllowEverythingAtOnce() {
        assertThat(run("mode", "act", "--cluster", "lab", "--reason", "trust")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("--cause", "AGENT_SYNC_BACKOFF").doesNotContain("AGENT_BANNED");
    }

    @Test
    void shouldKnowTheCauses() {
        assertThat(run("mode", "act", "--cause", "NO_SUCH", "--cluster", "lab", "--reason", "trust"))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("NO_SUCH");
    }

    @Test
    void shouldExplainBudgets() {
        assertThat(run("budget", "init", "--grant", "WAIT=1/1h", "--cluster", "lab", "--reason", "night"))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("RESTART_AGENT=3/1h");
    }

    private int run(String... args) {
        CommandLine command = Svidflow.commandLine();
        command.setErr(new PrintWriter(err, true)).setOut(new PrintWriter(new StringWriter(), true));
        return command.execute(args);
    }
}
