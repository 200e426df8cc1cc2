package io.svidflow.cli.source;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.svidflow.cli.access.KubernetesAccess;
import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.kubernetes.watch.AccessCheck;
import io.svidflow.producer.kubernetes.watch.KubernetesSource;
import io.svidflow.producer.kubernetes.watch.RawObserver;
import io.svidflow.producer.kubernetes.watch.WatchSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The Kubernetes API. */
final class KubernetesFactory implements SourceFactory {

    private static final Key<Boolean> ENABLED = Key.of(
            "sources.kubernetes.enabled",
            Form.FLAG,
            "false",
            "Watches nodes, pods, namespaces, what selects pods for registration, and events that say why pods do not"
                    + " start.");
    private static final Key<List<String>> NAMESPACES = Key.optional(
            "sources.kubernetes.namespaces",
            Form.LIST,
            "shop, spire",
            "Namespaces whose pods are watched, each by calls of its own, so that a Role in each will do; SPIRE's own must"
                    + " be among them. Left out: all.");
    private static final Key<List<String>> IGNORED = Key.optional(
            "sources.kubernetes.ignored-namespaces",
            Form.LIST,
            "batch",
            "Namespaces whose pods are not watched, where those of the whole cluster are.");
    private static final Key<List<String>> UNREGISTERED = Key.optional(
            "sources.kubernetes.unregistered-namespaces",
            Form.LIST,
            "kube-.*, local-path-storage",
            "What spire-controller-manager has under ignoreNamespaces: regular expressions. Left out: its defaults.");
    private static final Key<String> NODE = Key.optional(
            "sources.kubernetes.node",
            Form.TEXT,
            "node-1",
            "The one node whose pods are watched. Only for a cluster whose other nodes nobody reports.");

    @Override
    public List<Key<?>> keys() {
        return List.of(ENABLED, NAMESPACES, IGNORED, UNREGISTERED, NODE);
    }

    @Override
    public Optional<Function<Surroundings, List<Planned>>> read(Section all) {
        boolean enabled = all.get(ENABLED, false);
        KubernetesAccess access = KubernetesAccess.read(all);
        List<String> namespaces = all.find(NAMESPACES).orElse(List.of());
        List<String> ignored = all.find(IGNORED).orElse(List.of());
        Optional<List<String>> unregistered = all.find(UNREGISTERED);
        Optional<String> node = all.find(NODE);
        return enabled
                ? Optional.of(around -> {
                    // who keeps the objects themselves wants those too that say how the cluster is laid out
                    boolean layout = around.raw().isPresent();
                    return List.of(planned(around, access, settings(namespaces, ignored, unregistered, node, layout)));
                })
                : Optional.empty();
    }

    private static WatchSettings settings(
            List<String> namespaces,
            List<String> ignored,
            Optional<List<String>> unregistered,
            Optional<String> node,
            boolean layout) {
        WatchSettings usual = WatchSettings.DEFAULT;
        return new WatchSettings(
                namespaces,
                ignored,
                node,
                unregistered
                        .map(patterns -> patterns.stream().map(Pattern::compile).toList())
                        .orElse(usual.unregisteredNamespaces()),
                layout,
                usual.pageSize(),
                usual.watchFor(),
                usual.patience(),
                usual.shortestRetry(),
                usual.longestRetry());
    }

    private static RawObserver raw(Surroundings around) {
        return around.raw().isPresent() ? around.raw().get() : RawObserver.NONE;
    }

    private static Planned planned(Surroundings around, KubernetesAccess access, WatchSettings settings) {
        KubernetesClient client = access.client();
        return new Planned(
                new KubernetesSource(settings, client, around.clock(), around.directory(), raw(around)),
                Set.of(Source.of(SourceKind.KUBERNETES)),
                Set.of(),
                () -> new AccessCheck(settings, client)
                        .findings().stream()
                                .filter(finding -> !finding.fine())
                                .map(AccessCheck.Finding::text)
                                .toList(),
                client);
    }
}
