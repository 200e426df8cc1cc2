package io.svidflow.cli.report;

import static io.svidflow.cli.report.Samples.finding;
import static io.svidflow.cli.report.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.svidflow.event.Finding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    private final JsonReport report = new JsonReport();

    @Test
    void shouldWriteTheDocumentedKeysInTheirOrder() throws Exception {
        JsonNode document = parse(verdict(List.of(finding("a").build())));

        assertThat(keys(document))
                .containsExactly("incident", "findings", "incidents", "commands", "refusals", "facts");
        assertThat(keys(document.at("/findings/0")))
                .containsExactly(
                        "id",
                        "pod",
                        "podUid",
                        "node",
                        "state",
                        "cause",
                        "variant",
                        "runbook",
                        "confidence",
                        "alternatives",
                        "since",
                        "detectedAt",
                        "recoveredAt",
                        "evidence",
                        "ruledOut",
                        "prediction",
                        "healedBy",
                        "predictionOutcome",
                        "proof",
                        "revision",
                        "notCollected");
        assertThat(keys(document.at("/findings/0/evidence/0"))).containsExactly("at", "link", "text", "ref");
        assertThat(keys(document.at("/findings/0/prediction"))).containsExactly("notBefore", "notAfter", "attempts");
        assertThat(keys(document.at("/incidents/0")))
                .containsExactly(
                        "id", "cause", "scope", "nodes", "pods", "openedAt", "closedAt", "mergedInto", "reasons");
        assertThat(keys(document.at("/facts"))).containsExactly("in", "bySource", "deadLettered", "notCollected");
    }

    @Test
    void shouldWriteTimesAsIso8601AndWhatIsUnknownAsNull() throws Exception {
        Finding stuck = finding("a")
                .setRecoveredAt(null)
                .setPrediction(null)
                .setProof(null)
                .build();

        JsonNode finding = parse(verdict(List.of(stuck))).at("/findings/0");

        assertThat(finding.get("pod").asText()).isEqualTo("shop/a");
        assertThat(finding.get("since").asText()).isEqualTo("2026-11-23T05:46:00Z");
        assertThat(finding.get("recoveredAt").isNull()).isTrue();
        assertThat(finding.get("prediction").isNull()).isTrue();
        assertThat(finding.get("proof").isNull()).isTrue();
    }

    @Test
    void shouldSayWhatCameOfACommand() throws Exception {
        JsonNode command = parse(verdict(List.of(finding("a").build()))).at("/commands/0");

        assertThat(command.at("/action").asText()).isEqualTo("WAIT");
        assertThat(command.at("/outcome/state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldGiveTheSameBytesWhateverTheOrderOfTheFindings() {
        List<Finding> findings = new ArrayList<>();
        for (String pod : List.of("c", "a", "d", "b")) {
            findings.add(finding(pod).build());
        }
        String first = report.render(verdict(findings));
        java.util.Collections.reverse(findings);

        assertThat(report.render(verdict(findings)))
                .isEqualTo(first)
                .endsWith("}\n")
                .doesNotContain("\r");
    }

    private JsonNode parse(Verdict verdict) throws Exception {
        return new ObjectMapper().readTree(report.render(verdict));
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
