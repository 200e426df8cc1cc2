package io.svidflow.remediation;

import io.svidflow.diagnosis.Causes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far svidflow may go, from the settings of the installation. What no rule speaks of is observed.
 *
 * @param rules the one that says most counts; the later of two that say as much
 */
public record Modes(List<ModeRule> rules) {

    /** Observes everything. */
    public static final Modes OBSERVING = new Modes(List.of());

    public Modes {
        rules = List.copyOf(rules);
        for (ModeRule rule : rules) {
            if (rule.mode() == Mode.ACT && rule.cause() == null) {
                throw new IllegalArgumentException(
                        "rule " + rule.text() + " would act on every cause: name each cause that svidflow may act on");
            }
            if (rule.cause() != null) {
                Causes.named(rule.cause());
            }
        }
    }

    /**
     * Reads {@code CAUSE=mode}, {@code CAUSE/namespace=mode} and {@code cluster:CAUSE=mode}, separated by commas; {@code *}
     * stands for every cause.
     *
     * @throws IllegalArgumentException naming the part that cannot be read and what it should look like
     */
    public static Modes parse(String text) {
        List<ModeRule> rules = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                rules.add(rule(part.strip()));
            }
        }
        return new Modes(rules);
    }

    private static ModeRule rule(String part) {
        int equals = part.indexOf('=');
        Optional<Mode> mode = equals < 0
                ? Optional.empty()
                : Mode.of(part.substring(equals + 1).strip());
        if (mode.isEmpty()) {
            throw new IllegalArgumentException("\"" + part
                    + "\" is no rule: write CAUSE=observe, CAUSE=suggest or CAUSE=act, e.g. REGISTRAR_LAG=suggest");
        }
        String scope = part.substring(0, equals).strip();
        int colon = scope.indexOf(':');
        String cluster = colon < 0 ? null : scope.substring(0, colon);
        String rest = scope.substring(colon + 1);
        int slash = rest.indexOf('/');
        String cause = slash < 0 ? rest : rest.substring(0, slash);
        String namespace = slash < 0 ? null : rest.substring(slash + 1);
        boolean empty = cause.isBlank() || (namespace != null && namespace.isBlank()) || (colon == 0);
        if (empty) {
            throw new IllegalArgumentException(
                    "\"" + part
                            + "\" leaves its cluster, cause or namespace empty: an empty scope is none; write * for every cause");
        }
        return new ModeRule(cluster, cause.equals("*") ? null : cause, namespace, mode.get());
    }

    /** The rule that counts; empty: none speaks of it. */
    public Optional<ModeRule> rule(String cluster, String cause, String namespace) {
        return rules.stream()
                .filter(rule -> rule.covers(cluster, cause, namespace))
                .reduce((a, b) -> b.weight() >= a.weight() ? b : a);
    }

    /** Rules that contradict one another, one sentence each: the later one counts. */
    public List<String> overlaps() {
        List<String> overlaps = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            for (int j = i + 1; j < rules.size(); j++) {
                if (rules.get(i).sameScope(rules.get(j))) {
                    overlaps.add("rules " + rules.get(i).text() + " and "
                            + rules.get(j).text() + " speak of the same; the later one counts");
                }
            }
        }
        overlaps.sort(Comparator.naturalOrder());
        return overlaps;
    }
}
