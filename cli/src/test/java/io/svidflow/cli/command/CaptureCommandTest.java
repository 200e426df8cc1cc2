package io.svidflow.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.Svidflow;
import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentSignal;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class CaptureCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void shouldCaptureFromTheLiveSourcesWithoutNames() throws IOException {
        Files.writeString(
                folder.resolve("node-secret.log"),
                "time=\"" + Instant.now()
                        + "\" level=error msg=\"Agent is banned: removing SVID and shutting down\"\n");
        Path captured = folder.resolve("captured");

        int exit = capture("--live", "--for", "8s", "--redact", captured.toString());

        assertThat(said.toString())
                .contains("observing log-files of cluster lab", "who is behind the pseudonyms")
                .doesNotContain("of-production");
        assertThat(exit).isEqualTo(ExitCode.OK);
        IncidentBundle bundle = new BundleReader().read(captured);
        assertThat(bundle.manifest().cluster()).startsWith("cluster-");
        assertThat(bundle.manifest().sources()).isPresent();
        assertThat(signals(bundle)).singleElement().satisfies(event -> {
            assertThat(((AgentSignal) event.getBody()).getKind().name()).isEqualTo("BANNED");
            assertThat(event.getHeader().getNode()).startsWith("node-").isNotEqualTo("node-secret");
        });
        assertThat(folder.resolve("captured.mapping.yaml")).content().contains("node-secret");
        assertThat(captured.resolve("raw")).as("objects with names").doesNotExist();
    }

    @Test
    void shouldWantOneWayOnly() throws IOException {
        assertThat(capture("--live", folder.resolve("a").toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.toString()).contains("--live: is given without an end; add --for, e.g. --for 10m");

        assertThat(capture(
                        "--live",
                        "--for",
                        "8s",
                        "--last",
                        "5m",
                        folder.resolve("a").toString()))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.toString()).contains("--live: is given together with --from, --to, --last or --cluster");

        assertThat(capture("--for", "8s", folder.resolve("a").toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.toString()).contains("--for: is given without --live");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    private static List<AgentEvent> signals(IncidentBundle bundle) {
        return StreamSupport.stream(bundle.publications().spliterator(), false)
                .flatMap(fact -> fact.value() instanceof AgentEvent event && event.getBody() instanceof AgentSignal
                        ? Stream.of(event)
                        : Stream.empty())
                .toList();
    }

    private int capture(String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("svidflow.yaml"), """
                cluster: lab
                http.listen: "127.0.0.1:0"
                kafka: {bootstrap.servers: "of-production:9092"}
                sources:
                  log-files:
                    files: [{path: "%s/{member}.log", kind: agent-log}]
                """.formatted(folder));
        String[] words = new String[options.length + 3];
        words[0] = "capture";
        words[1] = "--config";
        words[2] = file.toString();
        System.arraycopy(options, 0, words, 3, options.length);
        return Svidflow.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(said))
                .execute(words);
    }
}
