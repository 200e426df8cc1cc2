package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Label selectors, as Kubernetes evaluates them. */
public final class LabelMatch {

    private static final Set<String> OPERATORS = Set.of("In", "NotIn", "Exists", "DoesNotExist");

    private LabelMatch() {}

    /** Every requirement must hold; none at all selects everything. */
    public static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return equal(selector).entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && requirements(selector).stream().allMatch(requirement -> holds(requirement, labels));
    }

    static void check(String rule, LabelSelector selector) {
        for (LabelSelectorRequirement requirement : requirements(selector)) {
            if (!OPERATORS.contains(requirement.getOperator())) {
                throw new IllegalArgumentException("ClusterSPIFFEID " + rule + " has a label selector with operator "
                        + requirement.getOperator() + "; Kubernetes knows In, NotIn, Exists and DoesNotExist");
            }
        }
    }

    private static boolean holds(LabelSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.getKey());
        return switch (requirement.getOperator()) {
            case "In" -> value != null && values(requirement).contains(value);
            // an absent label is "not in": kubectl -l 'key notin (a)' lists objects without the key, too
            case "NotIn" -> value == null || !values(requirement).contains(value);
            case "Exists" -> value != null;
            default -> value == null;
        };
    }

    private static Map<String, String> equal(LabelSelector selector) {
        return Objects.requireNonNullElse(selector.getMatchLabels(), Map.of());
    }

    private static List<LabelSelectorRequirement> requirements(LabelSelector selector) {
        return Objects.requireNonNullElse(selector.getMatchExpressions(), List.of());
    }

    private static List<String> values(LabelSelectorRequirement requirement) {
        return Objects.requireNonNullElse(requirement.getValues(), List.of());
    }
}
