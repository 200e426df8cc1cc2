package io.svidflow.producer.tail;

import io.svidflow.producer.coverage.SourceKind;
import java.util.List;
import java.util.Set;

/**
 * Says where logs lie and whose they are.
 *
 * @param glob absolute path of the logs, where {@code *} and {@code ?} match within a name, and the name or part of a
 *     name that {@code {member}} stands for is the node or pod; e.g.
 *     {@code /var/log/pods/spire_spire-server-*}{@code /spire-server/*.log}. Rotated files beside a match need not match
 * @param kind what the logs are
 * @param member node or pod that writes them; blank if the path tells it: by {@code {member}}, or for logs of pods by the
 *     folder {@code NAMESPACE_POD_UID} of the container runtime
 */
public record LogRule(String glob, SourceKind kind, String member) {

    static final String MEMBER = "{member}";

    private static final Set<SourceKind> LOGS =
            Set.of(SourceKind.AGENT_LOG, SourceKind.SERVER_LOG, SourceKind.CONTROLLER_MANAGER_LOG);

    public LogRule {
        if (!LOGS.contains(kind)) {
            throw new IllegalArgumentException(kind.label() + " is not a log; name agent-log, server-log or"
                    + " controller-manager-log for " + glob);
        }
        if (!glob.startsWith("/") || glob.endsWith("/")) {
            throw new IllegalArgumentException("\"" + glob + "\" is not the absolute path of log files");
        }
        if (glob.contains("**")) {
            throw new IllegalArgumentException(
                    "\"" + glob + "\" contains **, which is not supported; write one * for each folder");
        }
        if (kind == SourceKind.AGENT_LOG && member.isBlank() && !glob.contains(MEMBER)) {
            throw new IllegalArgumentException("nobody can tell whose agent's log \"" + glob
                    + "\" is; name its node as member, or write {member} for it in the path");
        }
        if (!member.isBlank() && glob.contains(MEMBER)) {
            throw new IllegalArgumentException(
                    "\"" + glob + "\" takes the member from the path, but it is also given as " + member);
        }
    }

    /** The names of the path, from the root. */
    List<String> names() {
        return List.of(glob.substring(1).split("/+"));
    }
}
