package io.svidflow.producer.kubernetes;

import io.svidflow.event.Selection;
import java.util.List;

/**
 * Which registration rules select a pod.
 *
 * @param known whether rules could be read at all; without them an empty list says nothing
 * @param rules the rules, by name
 */
public record RuleSelection(boolean known, List<Selection> rules) {

    /** Nobody can tell which rules there are. */
    public static final RuleSelection UNKNOWN = new RuleSelection(false, List.of());

    public RuleSelection {
        rules = List.copyOf(rules);
        if (!known && !rules.isEmpty()) {
            throw new IllegalArgumentException("rules select the pod, so rules are known");
        }
    }
}
