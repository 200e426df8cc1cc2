package io.svidflow.cli.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.svidflow.cli.BadInput;
import io.svidflow.cli.evaluate.Call.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which cause can be told from what: for each cause and combination of sources the least that can be relied on.
 *
 * @param grades by cause
 */
public record Matrix(SortedMap<String, Map<Combination, Grade>> grades) {

    /** From what was said with each combination; what is wrong is not counted, it is a fault. */
    public static Matrix of(Map<Combination, Evaluation> evaluations) {
        SortedMap<String, Map<Combination, Grade>> grades = new TreeMap<>();
        evaluations.forEach((combination, evaluation) -> evaluation.calls().stream()
                .filter(call -> call.outcome() != Outcome.WRONG)
                .forEach(call -> grades.computeIfAbsent(call.cause(), cause -> new EnumMap<>(Combination.class))
                        .merge(combination, Grade.of(call), Grade::worse)));
        return new Matrix(grades);
    }

    /**
     * Reads what {@link #yaml} wrote.
     *
     * @throws BadInput when the text is something else
     */
    public static Matrix read(String name, String yaml) {
        try {
            Map<String, Map<String, String>> causes = new YAMLMapper().readValue(yaml, new TypeReference<>() {});
            SortedMap<String, Map<Combination, Grade>> grades = new TreeMap<>();
            causes.forEach((cause, row) -> {
                Map<Combination, Grade> known = new EnumMap<>(Combination.class);
                row.forEach((combination, grade) -> known.put(
                        Combination.valueOf(combination.toUpperCase(Locale.ROOT).replace('-', '_')),
                        Grade.valueOf(grade.toUpperCase(Locale.ROOT))));
                grades.put(cause, known);
            });
            return new Matrix(grades);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new BadInput(
                    name, "is no matrix: " + e.getMessage().lines().findFirst().orElse(""), "write it anew");
        }
    }

    /** One line for each cause. */
    public String yaml() {
        StringBuilder text = new StringBuilder();
        grades.forEach((cause, row) -> {
            List<String> cells = new ArrayList<>();
            row.forEach((combination, grade) -> cells.add(combination.label() + ": " + grade.label()));
            text.append(cause).append(": {").append(String.join(", ", cells)).append("}\n");
        });
        return text.toString();
    }

    /** A table for a page. */
    public String markdown() {
        List<String> headings = new ArrayList<>(List.of("cause"));
        Arrays.stream(Combination.values()).map(Combination::title).forEach(headings::add);
        List<List<String>> rows = new ArrayList<>();
        grades.forEach((cause, row) -> {
            List<String> cells = new ArrayList<>(List.of(cause));
            Arrays.stream(Combination.values())
                    .map(combination ->
                            row.containsKey(combination) ? row.get(combination).sign() : "")
                    .forEach(cells::add);
            rows.add(cells);
        });
        return String.join("\n", Table.MARKDOWN.lines(headings, rows)) + "\n";
    }

    /** What a call may be at worst; named, where nothing is said of its cause. */
    public Grade least(String cause, Combination combination) {
        return grades.getOrDefault(cause, Map.of()).getOrDefault(combination, Grade.NAMED);
    }
}
