package io.svidflow.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.Svidflow;
import io.svidflow.diagnosis.Causes;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RunbookCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintThePageOfACause() {
        assertThat(run("runbook", "agent_banned")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("# AGENT_BANNED").contains("## Harmful");
    }

    @Test
    void shouldListAllCausesInOneLineEach() {
        assertThat(run("runbook")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).hasSameSizeAs(Causes.all()).anyMatch(line -> line.startsWith("UNKNOWN: "));
    }

    @Test
    void shouldNameTheCausesWhenThereIsNoPage() {
        assertThat(run("runbook", "../../secret")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("there is no page ../../secret").contains("AGENT_SYNC_BACKOFF");
    }

    private int run(String... arguments) {
        return Svidflow.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
