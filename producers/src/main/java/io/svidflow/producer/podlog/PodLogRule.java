package io.svidflow.producer.podlog;

import io.svidflow.producer.coverage.SourceKind;
import java.util.Map;
import java.util.Set;

/**
 * Says whose logs are followed.
 *
 * @param namespace where the pods run
 * @param labels labels that the pods have; empty for every pod of the namespace
 * @param container the container that logs
 * @param kind what it logs
 */
public record PodLogRule(String namespace, Map<String, String> labels, String container, SourceKind kind) {

    private static final Set<SourceKind> LOGS =
            Set.of(SourceKind.AGENT_LOG, SourceKind.SERVER_LOG, SourceKind.CONTROLLER_MANAGER_LOG);

    public PodLogRule {
        labels = Map.copyOf(labels);
        if (!LOGS.contains(kind)) {
            throw new IllegalArgumentException(kind.label() + " is not a log; name agent-log, server-log or"
                    + " controller-manager-log for container " + container);
        }
        if (namespace.isBlank() || container.isBlank()) {
            throw new IllegalArgumentException("a " + kind.label()
                    + " needs a namespace and a container, but they are \"" + namespace + "\" and \"" + container
                    + "\"");
        }
    }
}
