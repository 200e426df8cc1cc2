package io.svidflow.cli.expect;

import static io.svidflow.cli.report.Samples.finding;
import static io.svidflow.cli.report.Samples.incident;
import static io.svidflow.cli.report.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.report.Samples;
import io.svidflow.cli.report.Verdict;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.RemediationAction;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationCheckTest {

    @Test
    void shouldAcceptWhatWasExpected() {
        assertThat(differences("""
                        findings: [{pod: shop/a, cause: AGENT_SYNC_BACKOFF, detectedBy: 2026-11-23T05:46:31Z, recovered: true}]
                        incidents: [{cause: SERVER_DATASTORE_DOWN, openedBy: 2026-11-23T05:41:30Z, closed: true}]
                        silent: [db/*]
                        """, finding("a").build())).isEmpty();
    }

    @Test
    void shouldMissAPodThatWasNotReported() {
        assertThat(differences(
                        "findings: [{pod: shop/b, cause: [X, Y]}]\neither: [shop/a]",
                        finding("a").build()))
                .containsExactly("shop/b: X or Y was expected, but the pod was not reported");
    }

    @Test
    void shouldNotAcceptAnotherHeadline() {
        assertThat(differences(
                        "findings: [{pod: shop/a, cause: REGISTRAR_LAG}]",
                        finding("a").build()))
                .containsExactly("shop/a: REGISTRAR_LAG was expected, but the headline is AGENT_SYNC_BACKOFF");
    }

    @Test
    void shouldNotAcceptALateVerdict() {
        assertThat(differences(
                        "findings: [{pod: shop/a, cause: AGENT_SYNC_BACKOFF, detectedBy: 2026-11-23T05:46:30Z}]",
                        finding("a").build()))
                .containsExactly(
                        "shop/a: AGENT_SYNC_BACKOFF was detected at 2026-11-23T05:46:31Z, 1.0 s later than expected");
    }

    @Test
    void shouldCompareTheRecoveryOnlyWhenItIsWritten() {
        Finding stuck = finding("a").setRecoveredAt(null).build();

        assertThat(differences("findings: [{pod: shop/a, cause: AGENT_SYNC_BACKOFF}]", stuck))
                .isEmpty();
        assertThat(differences("findings: [{pod: shop/a, cause: AGENT_SYNC_BACKOFF, recovered: true}]", stuck))
                .containsExactly("shop/a: AGENT_SYNC_BACKOFF was expected to recover, but did not");
        assertThat(differences(
                        "findings: [{pod: shop/a, cause: AGENT_SYNC_BACKOFF, recovered: false}]",
                        finding("a").build()))
                .singleElement()
                .asString()
                .contains("which was not expected");
    }

    @Test
    void shouldNotAcceptAPodThatMustStaySilentOrThatIsInNoList() {
        assertThat(differences("silent: ['*']", finding("a").build()))
                .containsExactly("shop/a: reported as AGENT_SYNC_BACKOFF, but must stay silent");
        assertThat(differences("silent: [db/*]", finding("a").build()))
                .containsExactly("shop/a: reported as AGENT_SYNC_BACKOFF, but is in no list of pods that may be");
        assertThat(differences("either: [sh*a]", finding("a").build())).isEmpty();
    }

    @Test
    void shouldNotLetOnePodOfAGlobExcuseAnother() {
        Finding other = finding("b").setCause("REGISTRAR_LAG").build();

        assertThat(differences(
                        "findings: [{pod: shop/*, cause: AGENT_SYNC_BACKOFF}]",
                        finding("a").build(),
                        other))
                .containsExactly("shop/b: AGENT_SYNC_BACKOFF was expected, but the headline is REGISTRAR_LAG");
        assertThat(differences(
                        "findings: [{pod: shop/*, cause: AGENT_SYNC_BACKOFF}, {pod: shop/b, cause: REGISTRAR_LAG}]",
                        finding("a").build(),
                        other))
                .isEmpty();
    }

    @Test
    void shouldCompareIncidents() {
        assertThat(differences("incidents: [{cause: AGENT_BANNED}]"))
                .containsExactly("incident AGENT_BANNED was expected, but not reported");
        assertThat(differences("incidents: [{cause: SERVER_DATASTORE_DOWN, openedBy: 2026-11-23T05:41:00Z}]"))
                .containsExactly("incident SERVER_DATASTORE_DOWN: opened at 2026-11-23T05:41:30Z, 30.0 s later than"
                        + " expected");
        assertThat(differences("incidents: [{cause: SERVER_DATASTORE_DOWN, closed: false}]"))
                .singleElement()
                .asString()
                .contains("which was not expected");
    }

    @Test
    void shouldAcceptOneOfSeveralIncidentsOfACause() {
        Incident open = incident().setId("incident-2").setClosedAt(null).build();
        Verdict verdict = verdict(List.of(), List.of(incident().build(), open), null);

        assertThat(check("incidents: [{cause: SERVER_DATASTORE_DOWN, closed: false}]")
                        .differences(verdict))
                .isEmpty();
    }

    @Test
    void shouldAllowWaitingAndTellingAlwaysAndOtherCommandsWhenListed() {
        Verdict verdict = new Verdict(
                Samples.summary(null),
                List.of(),
                List.of(),
                List.of(Samples.command(RemediationAction.UNKNOWN).build()),
                List.of(),
                List.of(),
                io.svidflow.cli.report.FactCount.of(java.util.Map.of(), 0, 0),
                java.util.Map.of());

        assertThat(check("commands: []").differences(verdict(List.of()))).isEmpty();
        assertThat(check("commands: []").differences(verdict))
                .containsExactly("UNKNOWN was planned for shop/a, but commands does not allow it");
        assertThat(check("commands: [UNKNOWN]").differences(verdict)).isEmpty();
        assertThat(check("commands: [{action: UNKNOWN, pod: db/*}]").differences(verdict))
                .hasSize(1);
    }

    private static List<String> differences(String yaml, Finding... findings) {
        return check(yaml).differences(verdict(List.of(findings)));
    }

    private static ExpectationCheck check(String yaml) {
        return new ExpectationCheck(new ExpectationReader().read("expected.yaml", yaml));
    }
}
