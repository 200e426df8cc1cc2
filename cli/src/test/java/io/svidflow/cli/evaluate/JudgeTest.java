package io.svidflow.cli.evaluate;

import static io.svidflow.cli.report.Samples.finding;
import static io.svidflow.cli.report.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.evaluate.Call.Outcome;
import io.svidflow.cli.evaluate.Judgement.FalseAlarm;
import io.svidflow.cli.expect.ExpectationReader;
import io.svidflow.event.Alternative;
import io.svidflow.event.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {

    @ParameterizedTest
    @CsvSource({
        "AGENT_SYNC_BACKOFF, 0.9, RIGHT",
        "REGISTRAR_LAG, 0.4, RIGHT",
        "UNKNOWN, 0.9, UNDECIDED",
        "AGENT_BANNED, 0.5, WRONG",
        "AGENT_BANNED, 0.49, DOUBTFUL"
    })
    void shouldTellAGuessFromACertainty(String cause, double confidence, Outcome outcome) {
        Call call = call(finding("a").setCause(cause).setConfidence(confidence));

        assertThat(call.outcome()).isEqualTo(outcome);
    }

    @Test
    void shouldCountAPodThatWasNotReportedAsMissed() {
        Judgement judgement = judge("findings: [{pod: shop/b, cause: X}]\neither: [shop/a]", finding("a"));

        assertThat(judgement.calls()).singleElement().satisfies(call -> {
            assertThat(call.pod()).isEqualTo("shop/b");
            assertThat(call.outcome()).isEqualTo(Outcome.MISSED);
            assertThat(call.delay()).isNull();
        });
        assertThat(judgement.falseAlarms()).isEmpty();
    }

    @Test
    void shouldLookForTheRightCauseAmongTheThreeBest() {
        Finding.Builder finding = finding("a").setCause("X");

        assertThat(call(finding.setAlternatives(others("Y", "REGISTRAR_LAG", "Z")))
                        .inFirstThree())
                .isTrue();
        assertThat(call(finding.setAlternatives(others("Y", "Z", "REGISTRAR_LAG")))
                        .inFirstThree())
                .isFalse();
    }

    @Test
    void shouldCallItAFalseAlarmWhenAPodIsInNoListOrMustStaySilent() {
        String expected = "findings: [{pod: shop/a, cause: AGENT_SYNC_BACKOFF}]\nsilent: [shop/b, shop/d, shop/e]";

        Judgement judgement = judge(expected, finding("a"), finding("b"), finding("c"));

        assertThat(judgement.falseAlarms()).extracting(FalseAlarm::pod).containsExactly("shop/b", "shop/c");
        assertThat(judgement.silent()).isEqualTo(1);
        assertThat(judgement.calls()).hasSize(1);
    }

    @Test
    void shouldMeasureFromTheFaultWhenThePodWasThereBefore() {
        String expected = "findings: [{pod: shop/a, cause: AGENT_SYNC_BACKOFF}]\nfault: ";

        assertThat(judge(expected + "2026-11-23T05:46:11Z", finding("a")).calls())
                .extracting(Call::delay)
                .containsExactly(Duration.ofSeconds(20));
        assertThat(judge(expected + "2026-11-23T05:40:00Z", finding("a")).calls())
                .extracting(Call::delay)
                .containsExactly(Duration.ofSeconds(31));
    }

    @Test
    void shouldAskForTheFaultsBehindToo() {
        Judgement judgement = judge(
                "either: [shop/a]\nincidents: [{cause: SERVER_DATASTORE_DOWN}, {cause: AGENT_BANNED}]", finding("a"));

        assertThat(judgement.incidents())
                .extracting(Judgement.ExpectedFault::reported)
                .containsExactly(true, false);
        assertThat(judgement.differences()).singleElement().asString().contains("AGENT_BANNED");
    }

    private static Call call(Finding.Builder finding) {
        return judge("findings: [{pod: shop/a, cause: [AGENT_SYNC_BACKOFF, REGISTRAR_LAG]}]", finding)
                .calls()
                .get(0);
    }

    private static List<Alternative> others(String... causes) {
        return List.of(causes).stream()
                .map(cause -> new Alternative(cause, 0.2))
                .toList();
    }

    private static Judgement judge(String expected, Finding.Builder... findings) {
        List<Finding> reported =
                List.of(findings).stream().map(Finding.Builder::build).toList();
        return new Judge(new ExpectationReader().read("expected.yaml", expected))
                .judge(verdict(reported), Set.of("shop/a", "shop/b", "shop/d"));
    }
}
