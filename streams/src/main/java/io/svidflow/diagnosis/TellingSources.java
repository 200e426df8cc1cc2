package io.svidflow.diagnosis;

import java.util.Collection;
import java.util.List;

/** The sources that a diagnosis draws on. One that nobody collects is named in the finding, with which it is weaker. */
public final class TellingSources {

    /** The audit log, which is a part of the server's log. */
    public static final String AUDIT = "audit";

    private static final String SERVER_LOG = "server-log";

    private static final List<String> ALL = List.of(
            "kubernetes", "spire-server", "agent-log", "agent-debug", SERVER_LOG, AUDIT, "controller-manager-log");

    private TellingSources() {}

    /**
     * Those that are not there, in a fixed order; without the server's log its audit log is not missed beside it.
     *
     * @param cluster kinds that watch the cluster
     * @param node kinds that watch the pod's node
     */
    public static List<String> missing(Collection<String> cluster, Collection<String> node) {
        boolean told = !cluster.isEmpty() || !node.isEmpty();
        return ALL.stream()
                .filter(kind -> told && !cluster.contains(kind) && !node.contains(kind))
                .filter(kind -> !kind.equals(AUDIT) || cluster.contains(SERVER_LOG))
                .toList();
    }
}
