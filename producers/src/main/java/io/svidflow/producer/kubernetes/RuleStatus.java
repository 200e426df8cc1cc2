package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Publishes what spire-controller-manager counts in the status of a ClusterSPIFFEID: it is written at the end of a pass, and
 * only when a count changed. Not thread-safe: a source observes in order.
 */
public final class RuleStatus {

    private final EventHeaders headers;
    private final Map<String, Map<String, Integer>> counted = new HashMap<>();

    /** @param headers headers of the Kubernetes source */
    public RuleStatus(EventHeaders headers) {
        this.headers = headers;
    }

    /**
     * A rule was observed.
     *
     * @return empty if its counts are those of the last time; a rule that is gone has none
     * @throws IllegalArgumentException if the object has no name
     */
    public Optional<Publication> rule(Observation<GenericKubernetesResource> observation) {
        String name = Metadata.name(observation.object());
        Map<String, Integer> counts = observation.deleted() ? Map.of() : counts(observation.object());
        Map<String, Integer> before = counts.isEmpty() ? counted.remove(name) : counted.put(name, counts);
        return counts.equals(before == null ? Map.of() : before)
                ? Optional.empty()
                : Optional.of(publication(observation, name, counts));
    }

    private Publication publication(
            Observation<GenericKubernetesResource> observation, String rule, Map<String, Integer> counts) {
        ServerSignal body = ServerSignal.newBuilder()
                .setKind(ServerSignalKind.RULE_STATUS)
                .setSubject(rule)
                .setCounts(counts)
                .build();
        ServerEvent event = new ServerEvent(
                headers.header(
                        null,
                        observation.at(),
                        observation.at(),
                        observation.sequence(),
                        "status of " + rule,
                        rule + counts,
                        observation.origin()),
                body);
        return new Publication(Topics.SERVER_EVENTS, headers.cluster(), event, observation.at(), Route.BY_KEY);
    }

    private static Map<String, Integer> counts(GenericKubernetesResource rule) {
        Map<String, Integer> counts = new TreeMap<>();
        if (rule.getAdditionalProperties().get("status") instanceof Map<?, ?> status
                && status.get("stats") instanceof Map<?, ?> stats) {
            stats.forEach((name, count) -> {
                if (count instanceof Number number) {
                    counts.put(String.valueOf(name), number.intValue());
                }
            });
        }
        return counts;
    }
}
