package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.svidflow.event.Selection;
import io.svidflow.producer.Observation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Says which ClusterSPIFFEIDs select a pod, from the namespaces and rules seen so far. Not thread-safe: a source
 * observes in order.
 */
public final class RegistrationRules {

    /** Namespaces that spire-controller-manager leaves alone unless it is told otherwise; matched as it does, unanchored. */
    public static final List<Pattern> DEFAULT_IGNORED_NAMESPACES =
            List.of(Pattern.compile("kube-system"), Pattern.compile("kube-public"), Pattern.compile("spire-system"));

    /** Kubernetes puts this label on every namespace. */
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private final List<Pattern> ignoredNamespaces;
    private final Map<String, Map<String, String>> namespaces = new HashMap<>();
    private final SortedMap<String, RegistrationRule> rules = new TreeMap<>();
    private boolean known;

    /** @param ignoredNamespaces spire-controller-manager's {@code ignoreNamespaces} */
    public RegistrationRules(List<Pattern> ignoredNamespaces) {
        this.ignoredNamespaces = List.copyOf(ignoredNamespaces);
    }

    /** The rules were listed: from now on a pod that none selects is known to be selected by none. */
    public void listed() {
        known = true;
    }

    /** The rules cannot be read, or are about to be listed anew. */
    void forget() {
        known = false;
        rules.clear();
    }

    /** Takes note of a namespace's labels. */
    public void namespace(Observation<Namespace> observation) {
        String name = Metadata.name(observation.object());
        if (observation.deleted()) {
            namespaces.remove(name);
        } else {
            namespaces.put(name, Map.copyOf(Metadata.labels(observation.object())));
        }
    }

    /**
     * Takes note of a rule.
     *
     * @throws IllegalArgumentException if the rule cannot be read; the one of that name before it stays in force
     */
    public void rule(Observation<GenericKubernetesResource> observation) {
        listed();
        if (observation.deleted()) {
            rules.remove(Metadata.name(observation.object()));
        } else {
            RegistrationRule rule = RegistrationRule.of(observation.object());
            rules.put(rule.name(), rule);
        }
    }

    /** Which rules select a pod with these labels in this namespace. */
    public RuleSelection select(String namespace, Map<String, String> podLabels) {
        if (!known) {
            return RuleSelection.UNKNOWN;
        }
        if (ignoredNamespaces.stream()
                .anyMatch(ignored -> ignored.matcher(namespace).find())) {
            return new RuleSelection(true, List.of());
        }
        Map<String, String> labels = namespaces.getOrDefault(namespace, Map.of(NAME_LABEL, namespace));
        List<RegistrationRule> selecting = rules.values().stream()
                .filter(rule -> rule.selects(labels, podLabels))
                .toList();
        boolean onlyFallbacks = selecting.stream().allMatch(RegistrationRule::fallback);
        return new RuleSelection(
                true,
                selecting.stream()
                        .filter(rule -> onlyFallbacks || !rule.fallback())
                        .map(rule -> new Selection(rule.name(), rule.generation()))
                        .toList());
    }
}
