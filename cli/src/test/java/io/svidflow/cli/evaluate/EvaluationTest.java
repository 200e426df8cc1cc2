package io.svidflow.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.evaluate.Call.Outcome;
import io.svidflow.cli.evaluate.Evaluation.Broken;
import io.svidflow.cli.evaluate.Judgement.FalseAlarm;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final Call RIGHT = call("AGENT_BANNED", 0.9, 30);
    private static final Call WRONG = call("REGISTRAR_LAG", 0.9, 60);
    private static final Call UNDECIDED = call("UNKNOWN", 0.35, 90);
    private static final Call MISSED = new Call("shop/a", List.of("AGENT_BANNED"), null, 0, List.of(), null);

    @Test
    void shouldCountByTheCauseThatIsRight() {
        Evaluation evaluation = of(RIGHT, RIGHT, WRONG, UNDECIDED, MISSED);

        assertThat(evaluation.scores()).containsOnlyKeys("AGENT_BANNED");
        Score score = evaluation.scores().get("AGENT_BANNED");
        assertThat(score.expected()).isEqualTo(5);
        assertThat(score.count(Outcome.RIGHT)).isEqualTo(2);
        assertThat(score.count(Outcome.WRONG)).isEqualTo(1);
        assertThat(score.count(Outcome.UNDECIDED)).isEqualTo(1);
        assertThat(score.count(Outcome.MISSED)).isEqualTo(1);
        assertThat(evaluation.confusion().get("AGENT_BANNED"))
                .containsEntry("AGENT_BANNED", 2L)
                .containsEntry("REGISTRAR_LAG", 1L)
                .containsEntry("UNKNOWN", 1L)
                .containsEntry("-", 1L);
    }

    @Test
    void shouldTakeTheNearestRankOfTheDelays() {
        Score score = new Score(IntStream.rangeClosed(1, 20)
                .mapToObj(seconds -> call("AGENT_BANNED", 1, seconds))
                .toList());

        assertThat(score.delay(0.5)).contains(Duration.ofSeconds(10));
        assertThat(score.delay(0.95)).contains(Duration.ofSeconds(19));
        assertThat(new Score(List.of(MISSED)).delay(0.5)).isEmpty();
    }

    @Test
    void shouldForgiveWhatIsMissedOnlyWhereSomethingWasTakenAway() {
        Judgement missed = new Judgement(
                "b", List.of(MISSED, UNDECIDED), List.of(), 3, List.of(), PredictionErrors.NONE, List.of("missed"));
        Evaluation evaluation = Evaluation.judged(missed);

        assertThat(evaluation.faults(true)).containsExactly("b: missed");
        assertThat(evaluation.faults(false)).isEmpty();
    }

    @Test
    void shouldNeverForgiveAWrongNameAFalseAlarmOrABrokenBundle() {
        FalseAlarm alarm = new FalseAlarm("shop/z", "AGENT_BANNED", 0.3);
        Evaluation evaluation = Evaluation.judged(new Judgement(
                        "b", List.of(WRONG), List.of(alarm), 0, List.of(), PredictionErrors.NONE, List.of()))
                .and(Evaluation.broken("c.zip", "is cut off"));

        assertThat(evaluation.faults(false))
                .containsExactly(
                        "c.zip: could not be replayed: is cut off",
                        "b: shop/a: AGENT_BANNED was expected, but the headline is REGISTRAR_LAG (90 %)",
                        "b: shop/z: reported as AGENT_BANNED, but must stay silent");
    }

    @Test
    void shouldWriteATable() {
        Evaluation evaluation = of(RIGHT, MISSED).and(Evaluation.notJudged("d"));

        assertThat(EvaluationText.plain().render(evaluation, true))
                .startsWith("""
                        cause         expected  right  first 3  unknown  missed  doubtful  wrong  median   p95
                        AGENT_BANNED         2      1        1        0       1         0      0    30 s  30 s
                        all                  2      1        1        0       1         0      0    30 s  30 s

                        1 bundles judged, 0 broken; 0 false alarms, 3 silent pods kept silent; 0 of 0 expected incidents reported.
                        """)
                .contains("AGENT_BANNED    (not reported) 1, AGENT_BANNED 1")
                .contains("- d\n");
        assertThat(EvaluationText.markdown().render(evaluation, true))
                .contains("| AGENT_BANNED | 2 | 1 | 1 | 0 | 1 | 0 | 0 | 30 s | 30 s |\n");
    }

    @Test
    void shouldWriteADocumentForMachines() {
        Evaluation evaluation = new Evaluation(of(RIGHT).judged(), List.of("d"), List.of(new Broken("c", "cut off")));

        assertThat(new EvaluationJson().render(evaluation, true))
                .contains("\"AGENT_BANNED\" : {\n      \"expected\" : 1")
                .contains("\"medianSeconds\" : 30.0")
                .contains("\"notJudged\" : [ \"d\" ]")
                .contains("\"reason\" : \"cut off\"")
                .contains("\"wrong\" : [ \"c: could not be replayed: cut off\" ]");
    }

    private static Evaluation of(Call... calls) {
        return Evaluation.judged(
                new Judgement("b", List.of(calls), List.of(), 3, List.of(), PredictionErrors.NONE, List.of()));
    }

    private static Call call(String headline, double confidence, long seconds) {
        return new Call(
                "shop/a",
                List.of("AGENT_BANNED"),
                headline,
                confidence,
                List.of(headline),
                Duration.ofSeconds(seconds));
    }
}
