package io.svidflow.producer.kubernetes.watch;

import io.svidflow.producer.kubernetes.RegistrationRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What of a cluster is watched, and how patiently.
 *
 * @param namespaces namespaces whose pods are watched, each by calls of its own, so that a Role in each will do; empty:
 *     those of the whole cluster. SPIRE's own namespaces must be among them
 * @param ignoredNamespaces namespaces whose pods are not watched, where those of the whole cluster are
 * @param node name of the one node whose pods are watched; empty: all. Such a source still speaks for the cluster: only for
 *     a cluster whose other nodes nobody reports
 * @param unregisteredNamespaces what spire-controller-manager has under {@code ignoreNamespaces}: regular expressions,
 *     found anywhere in the name
 * @param layout whether the objects that say how the deployment is laid out are watched as well; they become no facts
 * @param pageSize objects a page of a listing, at least 1
 * @param watchFor how long one watch lasts before the next continues it, whole seconds, 1 to 300. What is promised to be
 *     complete is at most about one and a half times as old
 * @param patience how long the API server may take to begin an answer, and to go on with one
 * @param shortestRetry time before a failed call is tried again; doubled from failure to failure
 * @param longestRetry bound of that time
 */
public record WatchSettings(
        List<String> namespaces,
        List<String> ignoredNamespaces,
        Optional<String> node,
        List<Pattern> unregisteredNamespaces,
        boolean layout,
        int pageSize,
        Duration watchFor,
        Duration patience,
        Duration shortestRetry,
        Duration longestRetry) {

    /** The whole cluster, as spire-controller-manager registers it by default. */
    public static final WatchSettings DEFAULT = new WatchSettings(
            List.of(),
            List.of(),
            Optional.empty(),
            RegistrationRules.DEFAULT_IGNORED_NAMESPACES,
            false,
            500,
            Duration.ofSeconds(4),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30));

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]*[a-z0-9])?");

    public WatchSettings {
        namespaces = List.copyOf(namespaces);
        ignoredNamespaces = List.copyOf(ignoredNamespaces);
        unregisteredNamespaces = List.copyOf(unregisteredNamespaces);
        namespaces.forEach(WatchSettings::name);
        ignoredNamespaces.forEach(WatchSettings::name);
        node.ifPresent(WatchSettings::name);
        if (!namespaces.isEmpty() && !ignoredNamespaces.isEmpty()) {
            throw new IllegalArgumentException(
                    "namespaces " + namespaces + " are watched, and ignored namespaces are named; name either");
        }
        if (pageSize < 1) {
            throw new IllegalArgumentException("a page holds at least one object, not " + pageSize);
        }
        if (watchFor.compareTo(Duration.ofSeconds(1)) < 0 || watchFor.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("a watch lasts 1 s to 5 min, not " + watchFor);
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("the API server must be given some time, not " + patience);
        }
        if (shortestRetry.isNegative() || shortestRetry.isZero() || shortestRetry.compareTo(longestRetry) > 0) {
            throw new IllegalArgumentException("retries take from " + shortestRetry + " to " + longestRetry
                    + "; the first must be positive and not the longer");
        }
    }

    private static void name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of a namespace or node; write it as kubectl shows it");
        }
    }

    /** The same with the objects that say how the deployment is laid out. */
    public WatchSettings withLayout() {
        return new WatchSettings(
                namespaces,
                ignoredNamespaces,
                node,
                unregisteredNamespaces,
                true,
                pageSize,
                watchFor,
                patience,
                shortestRetry,
                longestRetry);
    }
}
