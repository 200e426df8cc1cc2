package io.svidflow.cli.evaluate;

import io.svidflow.cli.evaluate.Call.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of many bundles.
 *
 * @param judged bundles that say what must be found
 * @param notJudged bundles without {@code expected.yaml}
 * @param broken bundles that could not be replayed
 */
public record Evaluation(List<Judgement> judged, List<String> notJudged, List<Broken> broken) {

    /** A bundle that could not be replayed, and why. */
    public record Broken(String bundle, String reason) {}

    static final Evaluation EMPTY = new Evaluation(List.of(), List.of(), List.of());

    public Evaluation {
        judged = List.copyOf(judged);
        notJudged = List.copyOf(notJudged);
        broken = List.copyOf(broken);
    }

    static Evaluation judged(Judgement judgement) {
        return new Evaluation(List.of(judgement), List.of(), List.of());
    }

    static Evaluation notJudged(String bundle) {
        return new Evaluation(List.of(), List.of(bundle), List.of());
    }

    static Evaluation broken(String bundle, String reason) {
        return new Evaluation(List.of(), List.of(), List.of(new Broken(bundle, reason)));
    }

    Evaluation and(Evaluation other) {
        return new Evaluation(both(judged, other.judged), both(notJudged, other.notJudged), both(broken, other.broken));
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Every call. */
    public List<Call> calls() {
        return judged.stream().flatMap(judgement -> judgement.calls().stream()).toList();
    }

    /** The calls by the cause that is right. */
    public SortedMap<String, Score> scores() {
        SortedMap<String, Score> scores = new TreeMap<>();
        calls().stream()
                .collect(Collectors.groupingBy(Call::cause))
                .forEach((cause, calls) -> scores.put(cause, new Score(calls)));
        return scores;
    }

    /** How often which headline was given, by the cause that is right; "-" where a pod was not reported. */
    public SortedMap<String, ? extends SortedMap<String, Long>> confusion() {
        return calls().stream()
                .collect(Collectors.groupingBy(
                        Call::cause,
                        TreeMap::new,
                        Collectors.groupingBy(
                                call -> call.headline() == null ? "-" : call.headline(),
                                TreeMap::new,
                                Collectors.counting())));
    }

    /** Pods that were reported although they must not be. */
    public long falseAlarms() {
        return judged.stream()
                .mapToLong(judgement -> judgement.falseAlarms().size())
                .sum();
    }

    /** Pods that must stay silent and did. */
    public long silent() {
        return judged.stream().mapToLong(Judgement::silent).sum();
    }

    /** Faults that had to be reported as incidents. */
    public long incidents() {
        return judged.stream()
                .mapToLong(judgement -> judgement.incidents().size())
                .sum();
    }

    /** Those of them that were. */
    public long incidentsReported() {
        return judged.stream()
                .flatMap(judgement -> judgement.incidents().stream())
                .filter(Judgement.ExpectedFault::reported)
                .count();
    }

    /** How right the predicted attempts of agents were, over all bundles. */
    public PredictionErrors predictions() {
        return judged.stream().map(Judgement::predictions).reduce(PredictionErrors.NONE, PredictionErrors::and);
    }

    /**
     * What is wrong, one sentence each.
     *
     * @param complete nothing was taken away: every {@code expected.yaml} must be met. Otherwise a cause may be missed
     *     or undecided, but no other may be named as if it were sure, and nobody may be reported who is well.
     */
    public List<String> faults(boolean complete) {
        List<String> faults = new ArrayList<>();
        broken.forEach(bundle -> faults.add(bundle.bundle() + ": could not be replayed: " + bundle.reason()));
        for (Judgement judgement : judged) {
            String bundle = judgement.bundle() + ": ";
            if (complete) {
                judgement.differences().forEach(difference -> faults.add(bundle + difference));
            } else {
                judgement.calls().stream()
                        .filter(call -> call.outcome() == Outcome.WRONG)
                        .forEach(call -> faults.add(bundle + call.pod() + ": " + String.join(" or ", call.expected())
                                + " was expected, but the headline is " + call.headline() + " ("
                                + Math.round(call.confidence() * 100) + " %)"));
                judgement
                        .falseAlarms()
                        .forEach(alarm -> faults.add(
                                bundle + alarm.pod() + ": reported as " + alarm.cause() + ", but must stay silent"));
            }
        }
        return faults;
    }
}
