package io.svidflow.producer.kubernetes.watch;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.svidflow.producer.kubernetes.AccessReview;
import java.util.ArrayList;
import java.util.List;

/** Asks the API server whether the producer may do what its settings ask for, before it tries. */
public final class AccessCheck {

    private final WatchSettings settings;
    private final KubernetesClient client;

    /**
     * @param settings what is to be watched
     * @param client credentials and address of the cluster
     */
    public AccessCheck(WatchSettings settings, KubernetesClient client) {
        this.settings = settings;
        this.client = client;
    }

    /**
     * What came of one question.
     *
     * @param fine whether it may be done
     * @param text what was asked, e.g. {@code list pods}; where it may not be done with the consequence and the remedy
     */
    public record Finding(boolean fine, String text) {}

    /** One finding for each verb and kind; a single one where the API server cannot be asked. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Lane lane : Lane.of(settings)) {
            for (String verb : List.of("list", "watch")) {
                try {
                    findings.add(finding(lane, verb));
                } catch (KubernetesClientException e) {
                    return List.of(new Finding(false, AccessReview.silent(client, e)));
                }
            }
        }
        return findings;
    }

    private Finding finding(Lane lane, String verb) {
        String asked = verb + " " + lane.resource();
        boolean allowed = AccessReview.allows(
                client,
                new ResourceAttributesBuilder()
                        .withGroup(lane.kind().group())
                        .withResource(lane.kind().plural())
                        .withNamespace(lane.namespace())
                        .withVerb(verb)
                        .build());
        return allowed
                ? new Finding(true, asked)
                : new Finding(
                        false,
                        asked + " is not allowed: " + consequence(lane)
                                + "; apply deploy/producers/kubernetes-access.yaml, or grant it otherwise");
    }

    private static String consequence(Lane lane) {
        return switch (lane.kind()) {
            case NODES, PODS -> "no pod can be judged without";
            case NAMESPACES, RULES -> "nobody can tell which pods are to be registered";
            case EVENTS -> "volumes that cannot be mounted will go unnoticed";
            case STATIC_ENTRIES, DAEMON_SETS, STATEFUL_SETS, DEPLOYMENTS, DISRUPTION_BUDGETS ->
                "a bundle will not tell how the deployment is laid out";
        };
    }
}
