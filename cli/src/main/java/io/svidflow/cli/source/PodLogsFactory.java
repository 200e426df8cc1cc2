package io.svidflow.cli.source;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.svidflow.cli.access.KubernetesAccess;
import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.podlog.PodLogRule;
import io.svidflow.producer.podlog.PodLogs;
import io.svidflow.producer.podlog.PodLogsConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Logs through the Kubernetes API, where nothing of svidflow runs on the nodes. */
final class PodLogsFactory implements SourceFactory {

    private static final String LIST = "sources.pod-logs.pods";
    private static final Key<String> NAMESPACE =
            Key.required(LIST + "[].namespace", Form.TEXT, "spire", "Where the pods run.");
    private static final Key<List<String>> LABELS = Key.optional(
            LIST + "[].labels",
            Form.LIST,
            "app=spire-agent",
            "Labels that the pods have, NAME=VALUE. Left out: all pods.");
    private static final Key<String> CONTAINER =
            Key.required(LIST + "[].container", Form.TEXT, "spire-agent", "The container that logs.");
    private static final Key<Logs.Kind> KIND = Key.required(LIST + "[].kind", Logs.KIND, "agent-log", "What it logs.");

    @Override
    public List<Key<?>> keys() {
        return List.of(NAMESPACE, LABELS, CONTAINER, KIND);
    }

    @Override
    public Optional<Function<Surroundings, List<Planned>>> read(Section all) {
        KubernetesAccess access = KubernetesAccess.read(all);
        List<PodLogRule> rules = new ArrayList<>();
        for (Section block : all.blocks(LIST)) {
            rules.add(new PodLogRule(
                    block.get(NAMESPACE, "?"),
                    labels(block),
                    block.get(CONTAINER, "?"),
                    block.get(KIND, Logs.Kind.AGENT_LOG).source()));
        }
        return rules.isEmpty() ? Optional.empty() : Optional.of(around -> List.of(planned(around, access, rules)));
    }

    private static Map<String, String> labels(Section block) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : block.find(LABELS).orElse(List.of())) {
            int equals = label.indexOf('=');
            if (equals < 1) {
                block.problem(LABELS, "has \"" + label + "\"", "write NAME=VALUE, e.g. app=spire-agent");
            } else {
                labels.put(label.substring(0, equals), label.substring(equals + 1));
            }
        }
        return labels;
    }

    private static Planned planned(Surroundings around, KubernetesAccess access, List<PodLogRule> rules) {
        KubernetesClient client = access.client();
        PodLogs source =
                new PodLogs(PodLogsConfig.of(rules), client, Logs.mappers(around, Optional.empty()), around.clock());
        List<SourceKind> kinds = rules.stream().map(PodLogRule::kind).toList();
        return new Planned(source, Set.of(), Logs.ofNodes(kinds), source::check, client);
    }
}
