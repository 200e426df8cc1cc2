package io.svidflow.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.Svidflow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code svidflow evaluate} as its user sees it. */
class EvaluateCommandTest {

    private final Recordings recordings = new Recordings();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldCountWhatIsRightAndGoOnAfterABrokenBundle() throws IOException {
        Files.copy(recordings.path("s04-ban-evict"), folder.resolve("a.tar.gz"));
        Files.write(folder.resolve("b.zip"), new byte[] {'P', 'K', 3, 4, 0});
        Path without = BundleCopies.unpack(recordings.path("ban-1104-json"), folder);
        Files.delete(without.resolve("expected.yaml"));

        assertThat(evaluate(folder.toString())).isEqualTo(ExitCode.FAILED);

        assertThat(out.toString())
                .contains("AGENT_BANNED         2      2")
                .contains("1 bundles judged, 1 broken; 0 false alarms")
                .contains("- ban-1104-json")
                .contains("b.zip: could not be replayed: ");
        assertThat(err.toString()).contains("[3/3]").contains("not judged").doesNotContain("Exception");
    }

    @Test
    void shouldEndWithFailureWhenAnExpectationIsNotMet() throws IOException {
        Path bundle = BundleCopies.unpack(recordings.path("s04-ban-evict"), folder);
        Files.writeString(bundle.resolve("expected.yaml"), "findings: [{pod: shop/late3*, cause: REGISTRAR_DOWN}]");

        assertThat(evaluate("--format", "json", bundle.toString())).isEqualTo(ExitCode.FAILED);

        assertThat(out.toString())
                .contains("\"REGISTRAR_DOWN\" : {\n      \"AGENT_BANNED\" : 2")
                .contains("REGISTRAR_DOWN was expected, but the headline is AGENT_BANNED");
    }

    @Test
    void shouldSayHowToRepeatADisturbance() {
        String bundle = recordings.path("s04-ban-evict").toString();

        assertThat(evaluate("--shuffle", "--duplicate", "--delay", "30s", "--drop-log-lines", "5%", bundle))
                .isEqualTo(ExitCode.OK);

        assertThat(err.toString()).containsPattern("--seed \\d+ repeats this run");
    }

    @Test
    void shouldRefuseASourceThatDoesNotExist() {
        assertThat(evaluate("--without", "audit,agnet-log", "x")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("\"agnet-log\" is no source").contains("agent-log");
        assertThat(evaluate("--drop-log-lines", "105%", "x")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(evaluate("--delay", "soon", "x")).isEqualTo(ExitCode.BAD_INPUT);
    }

    private int evaluate(String... arguments) {
        CommandLine command =
                Svidflow.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] line = new String[arguments.length + 1];
        line[0] = "evaluate";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return command.execute(line);
    }
}
