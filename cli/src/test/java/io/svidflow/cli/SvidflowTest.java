package io.svidflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class SvidflowTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldDocumentItsExitCodes() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("Usage: svidflow")
                .contains("Exit codes:")
                .contains("bad input");
    }

    @Test
    void shouldAskForAVerb() {
        assertThat(run()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("a verb is missing").contains("Usage:");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldRefuseAnUnknownVerb() {
        assertThat(run("replai")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("replai");
    }

    @Test
    void shouldTellBadInputInOneLine() {
        assertThat(run("broken")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString().lines()).containsExactly("svidflow: raw/pods.jsonl:7: is cut off; collect it again");
    }

    @Test
    void shouldPrintItsVersion() {
        assertThat(run("--version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("svidflow ");
    }

    private int run(String... args) {
        CommandLine command = Svidflow.commandLine().addSubcommand(new Broken());
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(args);
    }

    @Command(name = "broken")
    static final class Broken implements Runnable {

        @Override
        public void run() {
            throw new BadInput("raw/pods.jsonl:7", "is cut off", "collect it again");
        }
    }
}
