package io.svidflow.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.svidflow.cli.ExitCode;
import io.svidflow.cli.Svidflow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code svidflow replay} as its user sees it: what is printed where, and how it ends. */
class ReplayCommandTest {

    private static final String ID = "s04-ban-evict";

    private final Recordings recordings = new Recordings();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void unpack() throws IOException {
        folder = BundleCopies.unpack(recordings.path(ID), temporary);
    }

    @Test
    void shouldEndWellWhenTheExpectationIsMet() {
        assertThat(replay(folder)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith(ID).contains("AGENT_BANNED").contains("shop/late3-857cf48f9b-tc95n");
        assertThat(err.toString()).isEqualToIgnoringNewLines("expected.yaml is met");
    }

    @Test
    void shouldEndWellWithoutAnExpectation() throws IOException {
        Files.delete(folder.resolve("expected.yaml"));

        assertThat(replay(folder)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("AGENT_BANNED");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldSayWhatDiffersFromTheExpectation() throws IOException {
        Files.writeString(folder.resolve("expected.yaml"), """
            findings:
              - {pod: shop/late3-857cf48f9b-tc95n, cause: REGISTRAR_DOWN}
              - {pod: shop/nobody, cause: REGISTRAR_DOWN}
            silent: ["*/late3-857cf48f9b-fgm8q"]
            """);

        assertThat(replay(folder)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().lines())
                .startsWith("expected.yaml is not met:")
                .contains(
                        "  shop/late3-857cf48f9b-tc95n: REGISTRAR_DOWN was expected, but the headline is AGENT_BANNED",
                        "  shop/nobody: REGISTRAR_DOWN was expected, but the pod was not reported",
                        "  shop/late3-857cf48f9b-fgm8q: reported as AGENT_BANNED, but must stay silent");
    }

    @Test
    void shouldTellWhatIsNotReportedOnlyWhenAsked() {
        assertThat(replay(folder)).isEqualTo(ExitCode.OK);
        String verdict = out.toString();
        out.getBuffer().setLength(0);

        assertThat(replay(folder, "--explain")).isEqualTo(ExitCode.OK);
        String text = out.toString();
        int begin = text.indexOf("LOOKED AT AND NOT REPORTED") - 1;
        int end = text.indexOf("FACTS", begin) - 1;
        assertThat(text.substring(0, begin) + text.substring(end)).isEqualTo(verdict);
        assertThat(text.substring(begin, end))
                .contains("BENIGN_AGENT_SELF")
                .contains("node-4: its agent was evicted and attested again after 3.8 s")
                .contains("8 refusals of callers that the log does not name");
    }

    @Test
    void shouldTellMachinesWhatIsNotReported() throws IOException {
        assertThat(replay(folder, "--explain", "--format", "json")).isEqualTo(ExitCode.OK);

        JsonNode unreported = new ObjectMapper().readTree(out.toString()).get("unreported");
        assertThat(unreported.findValuesAsText("reason"))
                .contains("BENIGN_AGENT_SELF", "BENIGN_PROPAGATION", "BENIGN_TRANSIENT_SYNC");
        assertThat(unreported.get(0).get("from").asText()).endsWith("Z");
    }

    @Test
    void shouldWriteJsonForMachines() throws IOException {
        assertThat(replay(folder, "--format", "json")).isEqualTo(ExitCode.OK);

        JsonNode document = new JsonMapper().readTree(out.toString());
        assertThat(keys(document))
                .containsExactly("incident", "findings", "incidents", "commands", "refusals", "facts");
        assertThat(document.path("incident").asText()).isEqualTo(ID);
        JsonNode finding = document.path("findings").path(0);
        assertThat(keys(finding))
                .contains("id", "pod", "podUid", "node", "state", "cause", "confidence", "alternatives", "since")
                .contains("detectedAt", "recoveredAt", "evidence", "ruledOut", "prediction", "proof", "revision");
        assertThat(keys(finding.path("evidence").path(0))).containsExactly("at", "link", "text", "ref");
        assertThat(keys(finding.path("ruledOut").path(0))).containsExactly("cause", "because");
        assertThat(keys(document.path("incidents").path(0)))
                .containsExactly(
                        "id", "cause", "scope", "nodes", "pods", "openedAt", "closedAt", "mergedInto", "reasons");
        assertThat(keys(document.path("facts"))).containsExactly("in", "bySource", "deadLettered", "notCollected");
    }

    @Test
    void shouldRefuseATruncatedArchive() throws IOException {
        Path archive = temporary.resolve("cut.tar.gz");
        byte[] whole = Files.readAllBytes(recordings.path(ID));
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));

        assertRefused(archive, "cut.tar.gz");
    }

    @Test
    void shouldRefuseAnArchiveThatWritesElsewhere() throws IOException {
        Path archive = temporary.resolve("evil.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("../../evil.log"));
            zip.write(1);
            zip.closeEntry();
        }

        assertRefused(archive, "../");
    }

    @Test
    void shouldRefuseAFolderThatIsEmptyOrMissing() throws IOException {
        assertRefused(Files.createDirectory(temporary.resolve("nothing")), "nothing");
        assertRefused(temporary.resolve("nowhere"), "nowhere");
    }

    @Test
    void shouldRefuseAnExpectationThatCannotBeRead() throws IOException {
        Files.writeString(folder.resolve("expected.yaml"), "findings: []\nfindngs: []\n");

        assertThat(replay(folder)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("expected.yaml:", "findngs").doesNotContain("\tat ");
    }

    @Test
    void shouldRefuseAManifestThatIsWrong() throws IOException {
        Path manifest = folder.resolve("incident.yaml");
        String right = Files.readString(manifest);

        Files.writeString(manifest, right.replaceFirst("(?m)^end: .*", "end: yesterday"));
        assertRefused(folder, "yesterday");
        Files.writeString(manifest, right.replaceFirst("(?m)^end: .*", "end: 2020-01-01T00:00:00Z"));
        assertRefused(folder, "2020-01-01");
        Files.writeString(manifest, "- not a manifest\n");
        assertRefused(folder, "incident.yaml");
    }

    @Test
    void shouldReadASingleLogThatSomebodyPasted() throws IOException {
        Path log = temporary.resolve("pasted.log");
        Files.copy(
                BundleCopies.unpack(recordings.path("s01-node-restart-datastore"), temporary)
                        .resolve("raw/logs/server/spire-server-0.log"),
                log);

        assertThat(replay(log)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("SERVER_DATASTORE_DOWN");
    }

    private void assertRefused(Path bundle, String... named) {
        err.getBuffer().setLength(0);
        out.getBuffer().setLength(0);
        assertThat(replay(bundle)).as("%s: %s", bundle.getFileName(), err).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains(named).doesNotContain("\tat ", "Exception");
        assertThat(err.toString().strip().lines())
                .as("one line with the remedy")
                .hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    private int replay(Path bundle, String... options) {
        List<String> arguments = new ArrayList<>(List.of("replay", bundle.toString()));
        arguments.addAll(List.of(options));
        return Svidflow.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private static List<String> keys(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }
}
