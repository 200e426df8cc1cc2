package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.svidflow.event.Origin;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Publishes pods together with the rules that select them. It remembers the pods that exist, because a changed rule or
 * namespace changes what is true of pods that did not change themselves. Not thread-safe: a source observes in order.
 */
public final class SelectedPods {

    private final PodMapper mapper;
    private final PodWarnings warnings;
    private final RegistrationRules rules;
    /** By UID, sorted: what a changed rule publishes must not depend on hash order. */
    private final Map<String, KnownPod> pods = new TreeMap<>();

    /**
     * @param mapper writes the facts
     * @param rules says which rules select a pod; changed only through this object from now on
     */
    public SelectedPods(PodMapper mapper, RegistrationRules rules) {
        this.mapper = mapper;
        this.warnings = mapper.warnings();
        this.rules = rules;
    }

    /**
     * A pod was observed.
     *
     * @throws IllegalArgumentException if the object lacks a name, namespace or UID
     */
    public Optional<Publication> pod(Observation<Pod> observation) {
        Pod pod = observation.object();
        RuleSelection selection = selection(pod);
        if (observation.deleted()) {
            pods.remove(Metadata.uid(pod));
        } else {
            pods.put(Metadata.uid(pod), KnownPod.of(pod, selection));
        }
        return mapper.map(observation, selection);
    }

    /** A Kubernetes event was observed; empty unless it says what keeps a pod from starting. */
    public Optional<Publication> event(Observation<Event> observation) {
        if (!PodWarnings.matters(observation)) {
            return Optional.empty();
        }
        KnownPod known = pods.get(observation.object().getInvolvedObject().getUid());
        return warnings.map(observation, Optional.ofNullable(known));
    }

    /** A namespace was observed: publishes the pods that are selected differently now. */
    public List<Publication> namespace(Observation<Namespace> observation) {
        rules.namespace(observation);
        return reselected(observation.at(), observation.sequence(), observation.origin());
    }

    /**
     * A rule was observed: publishes the pods that are selected differently now.
     *
     * @throws IllegalArgumentException if the rule cannot be read
     */
    public List<Publication> rule(Observation<GenericKubernetesResource> observation) {
        rules.rule(observation);
        return reselected(observation.at(), observation.sequence(), observation.origin());
    }

    /** The rules can be read, and these are all: publishes the pods of which something else is known now. */
    List<Publication> rulesKnown(
            List<Observation<GenericKubernetesResource>> listing, Instant at, long sequence, Origin origin) {
        rules.forget();
        listing.forEach(rules::rule);
        rules.listed();
        return reselected(at, sequence, origin);
    }

    /** The rules cannot be read any more: publishes the pods of which nothing is known now. */
    List<Publication> rulesUnknown(Instant at, long sequence, Origin origin) {
        rules.forget();
        return reselected(at, sequence, origin);
    }

    private List<Publication> reselected(Instant at, long sequence, Origin origin) {
        List<Publication> publications = new ArrayList<>();
        pods.replaceAll((uid, known) -> {
            RuleSelection now = rules.select(known.namespace(), known.labels());
            if (now.equals(known.selection())) {
                return known;
            }
            KnownPod reselected = known.selectedBy(now);
            if (reselected.node() != null) {
                publications.add(mapper.say(reselected.body(), reselected.node(), at, sequence, origin));
            }
            return reselected;
        });
        return publications;
    }

    private RuleSelection selection(Pod pod) {
        return rules.select(Metadata.namespace(pod), Metadata.labels(pod));
    }
}
