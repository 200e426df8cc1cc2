package io.svidflow.cli.evaluate;

import io.svidflow.cli.evaluate.Call.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An evaluation as tables, for a terminal or in Markdown. */
public final class EvaluationText {

    private static final List<String> HEADINGS =
            List.of("cause", "expected", "right", "first 3", "unknown", "missed", "doubtful", "wrong", "median", "p95");

    private final Table table;

    private EvaluationText(Table table) {
        this.table = table;
    }

    /** For a terminal. */
    public static EvaluationText plain() {
        return new EvaluationText(Table.PLAIN);
    }

    /** In Markdown. */
    public static EvaluationText markdown() {
        return new EvaluationText(Table.MARKDOWN);
    }

    /**
     * The tables, with a line end after them.
     *
     * @param complete see {@link Evaluation#faults}
     */
    public String render(Evaluation evaluation, boolean complete) {
        List<List<String>> rows = new ArrayList<>();
        evaluation.scores().forEach((cause, score) -> rows.add(row(cause, score)));
        rows.add(row("all", new Score(evaluation.calls())));
        List<String> lines = new ArrayList<>(table.lines(HEADINGS, rows));
        lines.add("");
        lines.add(sentence(evaluation));
        predictions(evaluation.predictions()).ifPresent(lines::add);
        confusion(evaluation, lines);
        list(lines, "Not judged, without expected.yaml", evaluation.notJudged());
        list(lines, "Wrong", evaluation.faults(complete));
        return String.join("\n", lines) + "\n";
    }

    private static String sentence(Evaluation evaluation) {
        return evaluation.judged().size() + " bundles judged, "
                + evaluation.broken().size() + " broken; "
                + evaluation.falseAlarms() + " false alarms, " + evaluation.silent() + " silent pods kept silent; "
                + evaluation.incidentsReported() + " of " + evaluation.incidents() + " expected incidents reported.";
    }

    /** The next attempts of agents in back-off: predicted, and seen. */
    private static Optional<String> predictions(PredictionErrors errors) {
        return errors.error(0.5)
                .map(median -> errors.count() + " predicted attempts of agents were seen, "
                        + errors.inside() + " of them within the window; median error " + tenths(median) + ", p95 "
                        + errors.error(0.95).map(EvaluationText::tenths).orElse("-") + ".");
    }

    private static String tenths(Duration error) {
        return String.format(Locale.ROOT, "%.1f s", error.toMillis() / 1000.0);
    }

    private void confusion(Evaluation evaluation, List<String> lines) {
        List<List<String>> rows = new ArrayList<>();
        evaluation.confusion().forEach((cause, said) -> rows.add(List.of(cause, counts(said))));
        lines.add("");
        lines.addAll(table.lines(List.of("right would be", "was said"), rows));
    }

    private static String counts(Map<String, Long> said) {
        return said.entrySet().stream()
                .map(count -> (count.getKey().equals("-") ? "(not reported)" : count.getKey()) + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }

    private static void list(List<String> lines, String heading, List<String> items) {
        if (!items.isEmpty()) {
            lines.add("");
            lines.add(heading + ":");
            lines.add("");
            items.forEach(item -> lines.add("- " + item));
        }
    }

    private static List<String> row(String name, Score score) {
        return List.of(
                name,
                String.valueOf(score.expected()),
                String.valueOf(score.count(Outcome.RIGHT)),
                String.valueOf(score.inFirstThree()),
                String.valueOf(score.count(Outcome.UNDECIDED)),
                String.valueOf(score.count(Outcome.MISSED)),
                String.valueOf(score.count(Outcome.DOUBTFUL)),
                String.valueOf(score.count(Outcome.WRONG)),
                delay(score, 0.5),
                delay(score, 0.95));
    }

    private static String delay(Score score, double share) {
        return score.delay(share).map(EvaluationText::seconds).orElse("-");
    }

    private static String seconds(Duration delay) {
        return Math.round(delay.toMillis() / 1000.0) + " s";
    }
}
