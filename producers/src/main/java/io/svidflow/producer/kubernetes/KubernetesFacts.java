package io.svidflow.producer.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Listed;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.Origin;
import io.svidflow.event.PodEvent;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From the objects of the Kubernetes API, in the order of their observation, to facts: the same for a bundle and for a
 * live cluster. Not thread-safe.
 */
public final class KubernetesFacts {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final EventHeaders headers;
    private final NodeMapper nodes;
    private final SelectedPods pods;
    private final RuleStatus status;

    /**
     * @param headers headers of the Kubernetes source
     * @param rules says which rules select a pod; changed only through this object from now on
     */
    public KubernetesFacts(EventHeaders headers, RegistrationRules rules) {
        this.headers = headers;
        this.nodes = new NodeMapper(headers);
        this.pods = new SelectedPods(new PodMapper(headers), rules);
        this.status = new RuleStatus(headers);
    }

    /**
     * An object was observed.
     *
     * @param observation the object as JSON
     * @return what it says; nothing for kinds and objects that say nothing about identities
     * @throws IllegalArgumentException if the object cannot be understood; the message says why
     */
    public List<Publication> of(KubernetesKind kind, Observation<? extends JsonNode> observation) {
        return switch (kind) {
            case NAMESPACES -> pods.namespace(typed(observation, Namespace.class));
            case RULES -> rule(typed(observation, GenericKubernetesResource.class));
            case NODES -> List.of(nodes.map(typed(observation, Node.class)));
            case PODS -> pods.pod(typed(observation, Pod.class)).stream().toList();
            case EVENTS -> pods.event(typed(observation, Event.class)).stream().toList();
            case STATIC_ENTRIES, DAEMON_SETS, STATEFUL_SETS, DEPLOYMENTS, DISRUPTION_BUDGETS -> List.of();
        };
    }

    /**
     * The rules can be read, and these are all there are: pods that none of them selects are known to be selected by none.
     *
     * @param listing every rule as JSON
     * @param at when that was seen
     * @param sequence order among the observations of the source
     * @param origin where it was seen
     * @return counts that are new, and the pods of which something else is known now
     * @throws IllegalArgumentException if a rule cannot be read
     */
    public List<Publication> rulesKnown(
            List<? extends Observation<? extends JsonNode>> listing, Instant at, long sequence, Origin origin) {
        List<Observation<GenericKubernetesResource>> rules = new ArrayList<>();
        listing.forEach(rule -> rules.add(typed(rule, GenericKubernetesResource.class)));
        List<Publication> publications = new ArrayList<>();
        rules.forEach(rule -> status.rule(rule).ifPresent(publications::add));
        publications.addAll(pods.rulesKnown(rules, at, sequence, origin));
        return publications;
    }

    /** What is wrong with a rule that cannot be read, and the remedy; empty for one that can. */
    public static Optional<String> problemOfRule(JsonNode rule) {
        try {
            RegistrationRule.of(JSON.treeToValue(rule, GenericKubernetesResource.class));
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of("not a ClusterSPIFFEID: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The rules cannot be read any more: which select a pod is not known. See the other method for the parameters. */
    public List<Publication> rulesUnknown(Instant at, long sequence, Origin origin) {
        return pods.rulesUnknown(at, sequence, origin);
    }

    /**
     * Every object of a kind that exists has been observed and said: what was said before and not since is gone.
     *
     * @param kind nodes or pods
     * @param since start of the listing, not after its first observation
     */
    public Publication listed(KubernetesKind kind, Instant since, Instant at, long sequence, Origin origin) {
        EventHeader header = headers.header(null, at, at, sequence, "listing of " + kind.plural(), "", origin);
        boolean nodesListed = kind == KubernetesKind.NODES;
        return new Publication(
                nodesListed ? Topics.NODE_EVENTS : Topics.POD_EVENTS,
                headers.cluster(),
                nodesListed ? new NodeEvent(header, new Listed(since)) : new PodEvent(header, new Listed(since)),
                at,
                Route.EVERY_PARTITION);
    }

    private List<Publication> rule(Observation<GenericKubernetesResource> observation) {
        List<Publication> publications = new ArrayList<>(pods.rule(observation));
        status.rule(observation).ifPresent(publications::add);
        return publications;
    }

    private static <T> Observation<T> typed(Observation<? extends JsonNode> observation, Class<T> type) {
        try {
            return new Observation<>(
                    observation.at(),
                    observation.change(),
                    JSON.treeToValue(observation.object(), type),
                    observation.sequence(),
                    observation.origin());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not a " + type.getSimpleName() + " of the Kubernetes API: " + e.getOriginalMessage(), e);
        }
    }
}
