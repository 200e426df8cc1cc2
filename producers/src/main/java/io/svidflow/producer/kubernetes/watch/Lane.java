package io.svidflow.producer.kubernetes.watch;

import io.svidflow.producer.kubernetes.KubernetesKind;
import io.svidflow.producer.kubernetes.KubernetesKind.Use;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one list or watch call asks for.
 *
 * @param kind kind of the objects
 * @param namespace namespace of the objects, empty for those of the cluster
 * @param selector field selector, empty for all
 */
record Lane(KubernetesKind kind, String namespace, String selector) {

    /** Everything that is to be watched, in the order in which it is listed first. */
    static List<Lane> of(WatchSettings settings) {
        return Arrays.stream(KubernetesKind.values())
                .filter(kind -> settings.layout() || kind.use() != Use.LAYOUT)
                .flatMap(kind -> of(kind, settings))
                .toList();
    }

    private static Stream<Lane> of(KubernetesKind kind, WatchSettings settings) {
        String selector = selector(kind, settings);
        boolean each = kind.namespaced() && !settings.namespaces().isEmpty();
        return each
                ? settings.namespaces().stream().map(namespace -> new Lane(kind, namespace, selector))
                : Stream.of(new Lane(kind, "", selector));
    }

    private static String selector(KubernetesKind kind, WatchSettings settings) {
        List<String> terms = new ArrayList<>();
        settings.node().ifPresent(node -> {
            if (kind == KubernetesKind.PODS) {
                terms.add("spec.nodeName=" + node);
            } else if (kind == KubernetesKind.NODES) {
                terms.add("metadata.name=" + node);
            }
        });
        if (kind == KubernetesKind.PODS || kind == KubernetesKind.EVENTS) {
            settings.ignoredNamespaces().forEach(namespace -> terms.add("metadata.namespace!=" + namespace));
        }
        return String.join(",", terms);
    }

    /** Name of the lane in positions and messages, e.g. {@code pods} or {@code pods/shop}. */
    String name() {
        return namespace.isEmpty() ? kind.plural() : kind.plural() + "/" + namespace;
    }

    /** The resource as roles name it, e.g. {@code deployments.apps in namespace shop}. */
    String resource() {
        String name = kind.group().isEmpty() ? kind.plural() : kind.plural() + "." + kind.group();
        return namespace.isEmpty() ? name : name + " in namespace " + namespace;
    }

    /** Path and query of a call, without what the call adds. */
    String path() {
        String base = kind.group().isEmpty() ? "/api/" : "/apis/";
        String scope = namespace.isEmpty() ? "/" : "/namespaces/" + namespace + "/";
        String query = selector.isEmpty() ? "?" : "?fieldSelector=" + encoded(selector) + "&";
        return base + kind.apiVersion() + scope + kind.plural() + query;
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
