package io.svidflow.resync.kubernetes;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.svidflow.event.PodRole;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationTarget;
import io.svidflow.producer.kubernetes.LabelMatch;
import io.svidflow.resync.scene.Mark;
import io.svidflow.resync.scene.Place;
import io.svidflow.resync.scene.SeenBudget;
import io.svidflow.resync.scene.SeenPod;
import io.svidflow.resync.scene.SeenRollout;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads all that a command is about, each time anew. */
final class Sight {

    private final KubernetesClient client;

    Sight(KubernetesClient client) {
        this.client = client;
    }

    /** @throws io.fabric8.kubernetes.client.KubernetesClientException if something cannot be read */
    Place of(RemediationCommand command) {
        List<Node> nodes = client.nodes().list().getItems();
        RemediationTarget at =
                Objects.requireNonNull(command.getTarget(), "a command that changes something has a target");
        Pod target = client.pods()
                .inNamespace(at.getNamespace())
                .withName(at.getName())
                .get();
        Optional<SeenPod> agent =
                client.pods().inAnyNamespace().withField("spec.nodeName", command.getNode()).list().getItems().stream()
                        .map(PodSight::of)
                        .filter(pod -> pod.role() == PodRole.SPIRE_AGENT)
                        .filter(pod -> command.getNode().equals(pod.node()))
                        .min((a, b) -> Boolean.compare(a.terminating(), b.terminating()));
        Namespace namespace = client.namespaces().withName(at.getNamespace()).get();
        return new Place(
                nodes.stream()
                        .filter(node -> node.getMetadata().getName().equals(command.getNode()))
                        .findFirst()
                        .map(NodeSight::of),
                pod(command.getNamespace(), command.getPod()),
                Optional.ofNullable(target).map(PodSight::of),
                namespace == null
                        || Mark.on(
                                namespace.getMetadata().getLabels(),
                                namespace.getMetadata().getAnnotations()),
                agent,
                agent.map(pod -> agents(pod.namespace())).orElse(List.of()),
                agent.flatMap(this::rollout),
                target == null ? List.of() : budgets(target),
                nodes.size(),
                (int) nodes.stream().filter(NodeSight::ready).count());
    }

    Optional<SeenPod> pod(String namespace, String name) {
        return Optional.ofNullable(
                        client.pods().inNamespace(namespace).withName(name).get())
                .map(PodSight::of);
    }

    private List<SeenPod> agents(String namespace) {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .map(PodSight::of)
                .filter(pod -> pod.role() == PodRole.SPIRE_AGENT)
                .toList();
    }

    private Optional<SeenRollout> rollout(SeenPod agent) {
        if (!agent.ownedBy("DaemonSet")) {
            return Optional.empty();
        }
        String name = agent.owner().substring(agent.owner().indexOf('/') + 1);
        DaemonSet agents = client.apps()
                .daemonSets()
                .inNamespace(agent.namespace())
                .withName(name)
                .get();
        if (agents == null || agents.getStatus() == null) {
            return Optional.of(new SeenRollout(name, 0, 0, false));
        }
        return Optional.of(new SeenRollout(
                name,
                number(agents.getStatus().getDesiredNumberScheduled()),
                number(agents.getStatus().getUpdatedNumberScheduled()),
                Objects.equals(
                        agents.getMetadata().getGeneration(), agents.getStatus().getObservedGeneration())));
    }

    private List<SeenBudget> budgets(Pod target) {
        Map<String, String> labels = target.getMetadata().getLabels() == null
                ? Map.of()
                : target.getMetadata().getLabels();
        return client
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(target.getMetadata().getNamespace())
                .list()
                .getItems()
                .stream()
                .filter(budget -> covers(budget, labels))
                .map(budget -> new SeenBudget(budget.getMetadata().getName(), allowed(budget)))
                .toList();
    }

    private static boolean covers(PodDisruptionBudget budget, Map<String, String> labels) {
        return budget.getSpec() != null
                && budget.getSpec().getSelector() != null
                && LabelMatch.matches(budget.getSpec().getSelector(), labels);
    }

    /** What its controller has not worked out yet allows nothing. */
    private static int allowed(PodDisruptionBudget budget) {
        return budget.getStatus() == null ? 0 : number(budget.getStatus().getDisruptionsAllowed());
    }

    private static int number(Integer number) {
        return number == null ? 0 : number;
    }
}
