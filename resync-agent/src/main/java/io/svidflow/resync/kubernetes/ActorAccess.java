package io.svidflow.resync.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.svidflow.event.PodRole;
import io.svidflow.event.RemediationAction;
import io.svidflow.producer.kubernetes.AccessReview;
import io.svidflow.resync.scene.SeenPod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Asks the API server whether an actor may do what its settings let it do, before the night in which it should. */
public final class ActorAccess {

    /**
     * Something that an actor asks of Kubernetes.
     *
     * @param resource with its subresource, e.g. {@code pods/log}
     * @param manifest the file in deploy/resync-agent that grants it
     * @param ofAgents only in the namespaces of SPIRE's agents
     */
    public record Need(String verb, String group, String resource, String manifest, boolean ofAgents) {}

    private static final String LOOK = "look.yaml";
    private static final List<Need> LOOKS = List.of(
            new Need("list", "", "nodes", LOOK, false),
            new Need("get", "", "pods", LOOK, false),
            new Need("list", "", "pods", LOOK, false),
            new Need("get", "", "namespaces", LOOK, false),
            new Need("get", "apps", "daemonsets", LOOK, false),
            new Need("list", "policy", "poddisruptionbudgets", LOOK, false));

    private final KubernetesClient client;

    ActorAccess(KubernetesClient client) {
        this.client = client;
    }

    /** Everything that is needed for one of these actions. */
    public static Set<Need> needs(Collection<RemediationAction> actions) {
        Set<Need> needs = new LinkedHashSet<>(LOOKS);
        actions.forEach(action -> needs.addAll(needs(action)));
        return needs;
    }

    private static List<Need> needs(RemediationAction action) {
        return switch (action) {
            case POKE_REGISTRAR -> List.of(new Need("patch", "", "pods", "poke-registrar.yaml", false));
            case RESTART_AGENT ->
                List.of(
                        new Need("delete", "", "pods", "restart-agent.yaml", true),
                        new Need("get", "", "pods/log", "restart-agent.yaml", true));
            case RESTART_WORKLOAD ->
                List.of(
                        new Need("create", "", "pods/eviction", "restart-workload.yaml", false),
                        new Need("get", "", "pods/log", "restart-workload.yaml", true));
            case WAIT, NOTIFY, UNKNOWN -> List.of();
        };
    }

    /** What is missing, each with its remedy; a single one where the API server cannot be asked. */
    List<String> missing(Collection<RemediationAction> actions) {
        List<String> missing = new ArrayList<>();
        try {
            Set<Need> needs = needs(actions);
            needs.stream()
                    .filter(need -> !need.ofAgents() && !allowed(need, null))
                    .forEach(need -> missing.add(refused(need, "")));
            if (missing.isEmpty()) {
                missing.addAll(missingAtAgents(needs));
            }
            return missing;
        } catch (KubernetesClientException e) {
            return List.of(AccessReview.silent(client, e));
        }
    }

    private List<String> missingAtAgents(Set<Need> needs) {
        Set<String> namespaces = client.pods().inAnyNamespace().list().getItems().stream()
                .map(PodSight::of)
                .filter(pod -> pod.role() == PodRole.SPIRE_AGENT)
                .map(SeenPod::namespace)
                .collect(Collectors.toCollection(TreeSet::new));
        if (namespaces.isEmpty()) {
            return List.of("no pod of a SPIRE agent is to be seen; is this the right cluster?");
        }
        return namespaces.stream()
                .flatMap(namespace -> needs.stream()
                        .filter(need -> need.ofAgents() && !allowed(need, namespace))
                        .map(need -> refused(need, " in namespace " + namespace)))
                .toList();
    }

    private static String refused(Need need, String where) {
        return need.verb() + " " + need.resource() + where + " is not allowed; apply deploy/resync-agent/"
                + need.manifest() + ", or grant it otherwise";
    }

    private boolean allowed(Need need, String namespace) {
        String[] resource = need.resource().split("/", 2);
        return AccessReview.allows(
                client,
                new ResourceAttributesBuilder()
                        .withVerb(need.verb())
                        .withGroup(need.group())
                        .withResource(resource[0])
                        .withSubresource(resource.length > 1 ? resource[1] : null)
                        .withNamespace(namespace)
                        .build());
    }
}
