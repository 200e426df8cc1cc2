package io.svidflow.cli.report;

import static io.svidflow.cli.report.Samples.finding;
import static io.svidflow.cli.report.Samples.incident;
import static io.svidflow.cli.report.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextReportTest {

    private final TextReport report = new TextReport(Palette.PLAIN);

    @Test
    void shouldTellFaultPodsLinkAndRemedyOnTheFirstScreen() {
        String screen = firstScreen(verdict(List.of(stuck("a"), finding("b").build())));

        assertThat(screen)
                .contains("1 pod is without identity, 1 recovered.")
                .contains("AGENT_SYNC_BACKOFF  the agent failed to synchronise earlier")
                .contains("since   2026-11-23 05:46:00Z")
                .contains("broken  link \"agent has synchronised the entry\"")
                .contains("pods    still without           shop/a on node-1")
                .contains("recovered after 1m 46s  shop/b on node-1")
                .contains("next    attempt predicted between 05:47:30Z and 05:47:50Z, after 6 failed ones")
                .contains("do      wait for its next attempt")
                .contains("SERVER_DATASTORE_DOWN")
                .contains("node node-2, which runs the datastore, restarted");
    }

    @Test
    void shouldGiveEachKindItsRemedyAndNameThePage() {
        String text = report.render(verdict(List.of(
                finding("a")
                        .setCause("SERVER_DATASTORE_DOWN")
                        .setVariant("DNS")
                        .setRecoveredAt(null)
                        .build(),
                finding("b")
                        .setCause("SERVER_DATASTORE_DOWN")
                        .setVariant("POOLER")
                        .setRecoveredAt(null)
                        .build())));

        assertThat(text)
                .contains("do      mend the name of the datastore")
                .contains("        relieve the connection pooler")
                .contains("read    docs/runbook/SERVER_DATASTORE_DOWN.md")
                .contains("runbook   docs/runbook/SERVER_DATASTORE_DOWN.md");
    }

    @Test
    void shouldKeepTheFirstScreenOnOneScreenWhenManyPodsAreStuck() {
        List<Finding> many =
                IntStream.range(0, 500).mapToObj(i -> stuck("pod-" + i)).toList();

        String screen = firstScreen(verdict(many));

        assertThat(screen.lines().count()).isLessThan(30);
        assertThat(screen).contains("500 pods are without identity").contains("and 494 more, see below");
    }

    @Test
    void shouldShowClocksEvidenceWithOriginAndWhatWasRuledOut() {
        assertThat(report.render(verdict(List.of(finding("a").build()))))
                .contains("t_pod     05:46:00.000Z container started")
                .contains("t_entry   05:46:01.000Z entry created, 1.0 s after t_pod")
                .contains("t_sync    05:42:00.000Z last successful synchronisation of the agent, 4m 00s before t_pod")
                .contains("evidence  05:46:10.000Z Synchronize failed: connection refused")
                .contains("[raw/logs/agent/node-1.log:17]")
                .contains("not       REGISTRAR_LAG, because the entry was created 1.0 s after the pod")
                .contains("or        REGISTRAR_LAG (10 %)")
                .contains("42 facts, 1 dead letter, 2 unknown log lines");
    }

    @Test
    void shouldTellTheTimelineInOrder() {
        String text = report.render(verdict(List.of(finding("a").build())));
        String timeline = text.substring(text.indexOf("TIMELINE"));

        assertThat(timeline)
                .containsSubsequence(
                        "05:41:30.000Z  incident SERVER_DATASTORE_DOWN opens",
                        "05:46:00.000Z  shop/a on node-1 is without identity",
                        "05:46:31.000Z  WAIT for shop/a",
                        "05:46:31.000Z  shop/a is reported",
                        "05:46:40.000Z  shop/a: the headline becomes AGENT_SYNC_BACKOFF",
                        "05:47:46.000Z  shop/a obtains its identity");
    }

    @Test
    void shouldStayWithinOneHundredColumns() {
        Finding talkative = finding("a")
                .setRuledOut(List.of(new io.svidflow.event.RuledOut("REGISTRAR_LAG", "a word ".repeat(80))))
                .build();

        assertThat(report.render(verdict(List.of(talkative))).lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void shouldNotLetRecordedTextMoveTheCursor() {
        Finding hostile = finding("a")
                .setRuledOut(List.of(new io.svidflow.event.RuledOut("REGISTRAR_LAG", "x\u001b[2J\r\ny")))
                .build();

        assertThat(report.render(verdict(List.of(hostile))))
                .doesNotContain("\u001b")
                .contains("x [2J y");
    }

    @Test
    void shouldSayThatNothingWasFound() {
        assertThat(report.render(verdict(List.of(), List.of(), null)))
                .contains("No pod was found without the identity it should have.")
                .doesNotContain("FINDINGS");
    }

    @Test
    void shouldAnswerWhetherTheTestWindowWasLongEnough() {
        List<Finding> findings = List.of(finding("a").build());

        assertThat(report.render(verdict(findings, List.of(), Duration.ofSeconds(60))))
                .contains("Was a test window of 1m 00s enough? No: shop/a had to wait 1m 46s");
        assertThat(report.render(verdict(findings, List.of(), Duration.ofMinutes(10))))
                .contains("Was a test window of 10m 00s enough? Yes");
        assertThat(report.render(verdict(List.of(stuck("a")), List.of(), Duration.ofMinutes(10))))
                .contains("enough? No: shop/a had no identity when the record ends");
    }

    @Test
    void shouldShowADateWhereItIsNotTheDayOfTheIncident() {
        Finding nextDay = finding("a").setRecoveredAt(Samples.at(86_400)).build();

        assertThat(report.render(verdict(List.of(nextDay)))).contains("recovered 2026-11-24 05:41:00Z");
    }

    @Test
    void shouldColourForATerminalOnlyAndNotAgainstNoColor() {
        assertThat(Palette.of(true, Map.of())).isEqualTo(Palette.ANSI);
        assertThat(Palette.of(true, Map.of("NO_COLOR", "1"))).isEqualTo(Palette.PLAIN);
        assertThat(Palette.of(false, Map.of())).isEqualTo(Palette.PLAIN);
        assertThat(new TextReport(Palette.ANSI).render(verdict(List.of(stuck("a")))))
                .contains("\u001b[1;31m");
    }

    @Test
    void shouldCallAnOpenIncidentOpen() {
        assertThat(report.render(
                        verdict(List.of(), List.of(incident().setClosedAt(null).build()), null)))
                .contains("SERVER_DATASTORE_DOWN: 05:41:30Z, still open")
                .contains("the whole cluster; 1 pod on node-1, node-2");
    }

    private String firstScreen(Verdict verdict) {
        String text = report.render(verdict);
        return text.substring(0, text.indexOf("\nFINDINGS"));
    }

    private static Finding stuck(String pod) {
        return finding(pod)
                .setState(IdentityState.STUCK)
                .setRecoveredAt(null)
                .setProof(null)
                .build();
    }
}
