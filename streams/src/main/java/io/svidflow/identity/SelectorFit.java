package io.svidflow.identity;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Whether an entry of a pod fits it. An agent gives a process the SVIDs of those entries only of which it has every
 * selector.
 *
 * @param lacking selectors that the entry which fits best asks for and the pod does not have; empty: none, as far as known
 * @param attested the agent's log tells what the pod was attested with; otherwise only what the Pod object contradicts counts
 */
record SelectorFit(List<String> lacking, boolean attested) {

    private static final SelectorFit FITS = new SelectorFit(List.of(), false);

    /** Kinds of which a pod may have none: that it has not this one is then known from the object. */
    private static final List<String> OPTIONAL_KINDS =
            List.of("k8s:pod-label:", "k8s:pod-owner:", "k8s:pod-owner-uid:");
    /** Kinds of which every pod has one: where none is known, nothing is. */
    private static final List<String> NECESSARY_KINDS = List.of(
            "k8s:ns:",
            "k8s:sa:",
            "k8s:node-name:",
            "k8s:pod-name:",
            "k8s:pod-uid:",
            "k8s:container-name:",
            "k8s:container-image:");

    static SelectorFit of(PodRecord pod) {
        if (pod.entries().isEmpty() || pod.pod() == null) {
            return FITS;
        }
        List<String> lacking = pod.entries().values().stream()
                .map(entry -> lacking(entry, pod))
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of());
        return lacking.isEmpty() ? FITS : new SelectorFit(lacking, attested(pod));
    }

    /** Whether the entry may serve some process of the pod, as far as the Pod object tells. */
    static boolean possible(KnownEntry entry, PodRecord pod) {
        return pod.pod() == null
                || contradicted(entry.selectors(), pod.pod().selectors()).isEmpty();
    }

    /** Whether the entry may serve the process that asks, as far as is known. */
    static boolean usable(KnownEntry entry, PodRecord pod) {
        return pod.pod() == null || lacking(entry, pod).isEmpty();
    }

    private static List<String> lacking(KnownEntry entry, PodRecord pod) {
        return attested(pod)
                ? missing(entry.selectors(), pod.attestedAs())
                : contradicted(entry.selectors(), pod.pod().selectors());
    }

    /** Only a process that was refused shows that its own selectors do not suffice: a sidecar has others. */
    private static boolean attested(PodRecord pod) {
        return !pod.attestedAs().isEmpty() && pod.fetches().refusals() > 0;
    }

    boolean fits() {
        return lacking.isEmpty();
    }

    private static List<String> missing(List<String> wanted, List<String> had) {
        Set<String> known = Set.copyOf(had);
        return wanted.stream().filter(selector -> !known.contains(selector)).toList();
    }

    private static List<String> contradicted(List<String> wanted, List<String> had) {
        return had.isEmpty()
                ? List.of()
                : missing(wanted, had).stream()
                        .filter(selector -> decidable(selector, had))
                        .toList();
    }

    private static boolean decidable(String selector, List<String> had) {
        return OPTIONAL_KINDS.stream().anyMatch(selector::startsWith)
                || NECESSARY_KINDS.stream().filter(selector::startsWith).anyMatch(kind -> had.stream()
                        .anyMatch(own -> own.startsWith(kind)));
    }
}
