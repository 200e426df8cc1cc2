package io.svidflow.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.svidflow.cli.Svidflow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, over the seed incident and over bundles that are broken. */
class DoctorCommandTest {

    private static final Path SEED = Path.of("..", "incidents", "spire-5859", "agent-sync-backoff");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldAnswerEveryRecommendationOfTheSeedIncident() throws IOException {
        int exit = run("--bundle", SEED.toString(), "--survive", "5m", "--format", "json");

        assertThat(exit).isEqualTo(1);
        JsonNode document = new ObjectMapper().readTree(out.toString());
        List<String> said = new ArrayList<>();
        document.get("remarks")
                .forEach(remark -> said.add(remark.get("severity").asText() + " "
                        + remark.get("check").asText()));
        assertThat(said)
                .contains(
                        "RISK datastore-placement",
                        "RISK redundancy",
                        "BLIND collected-state",
                        "FINE log-after-recovery",
                        "NUMBER synchronisation",
                        "NUMBER recovery-wait",
                        "NUMBER validation-window");
        assertThat(document.get("skipped")).isEmpty();
    }

    @Test
    void shouldPrintTheGravestFirst() {
        run("--bundle", SEED.toString());

        assertThat(out.toString().indexOf("WILL COST IDENTITIES"))
                .isPositive()
                .isLessThan(out.toString().indexOf("TO KNOW"));
    }

    @Test
    void shouldNameObjectsThatCannotBeReadAndGoOn() throws IOException {
        Files.createDirectories(folder.resolve("raw"));
        Files.writeString(folder.resolve("incident.yaml"), """
                apiVersion: svidflow/v1
                kind: Incident
                id: broken
                cluster: c
                start: 2026-11-23T10:00:00Z
                end: 2026-11-23T10:10:00Z
                """);
        Files.writeString(folder.resolve("raw/pods.jsonl"), """
                {"observedAt":"2026-11-23T10:00:00Z","type":"ADDED","object":{"spec":{"nodeName":"n1"}}}
                {"observedAt":"2026-11-23T10:00:00Z","type":"ADDED","object":{"metadata":{"name":"p-0","namespace":"db","uid":"u"},"spec":{"nodeName":"n1","containers":[{"name":"db","image":"postgres:15"}]}}}
                not json
                """);

        run("--bundle", folder.toString());

        assertThat(out.toString())
                .contains("NOT READ (2)")
                .contains("raw/pods.jsonl:1: ")
                .contains("raw/pods.jsonl:3: not JSON")
                .contains("datastore db/p-0 is the only one");
    }

    @Test
    void shouldSayWhatIsWrongWithTheCommandLine() {
        assertThat(run("--bundle", SEED.toString(), "--survive", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("\"soon\" is no duration; write it like 90s");
    }

    private int run(String... arguments) {
        List<String> line = new ArrayList<>(List.of("doctor"));
        line.addAll(List.of(arguments));
        return Svidflow.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.toArray(String[]::new));
    }
}
