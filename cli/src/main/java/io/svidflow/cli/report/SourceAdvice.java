package io.svidflow.cli.report;

import java.util.Map;

/** How a source that nobody collects is turned on, and what a verdict lacks without it. */
final class SourceAdvice {

    private static final Map<String, String> ADVICE = Map.of(
            "kubernetes",
            "watch nodes, pods and ClusterSPIFFEIDs: without them no pod can be named",
            "spire-server",
            "list entries and agents through the server's API (spire-server entry show, agent list): without them a"
                    + " missing entry, its parent and its time are not known",
            "agent-log",
            "collect the logs of the SPIRE agents, with log_level = \"INFO\" or \"DEBUG\": without them refusals, failed attestations of workloads and the"
                    + " attempts of a back-off are not known",
            "agent-debug",
            "set admin_socket_path in the agents' configuration and poll GetInfo: without it the last synchronisation of"
                    + " a quiet agent is not known",
            "server-log",
            "collect the logs of the SPIRE servers: without them a fault of the datastore or the server shows in the"
                    + " agents only",
            "audit",
            "set audit_log_enabled = true in the server's configuration: without it who synchronised, what was signed"
                    + " and whether the controller manager still calls is known from logs alone",
            "controller-manager-log",
            "collect the log of spire-controller-manager: without it a stopped, a slow and a failing controller manager"
                    + " look alike");

    private SourceAdvice() {}

    /** What to do about a source that is missing; its name says it all where nothing else is known. */
    static String on(String kind) {
        return ADVICE.getOrDefault(kind, "collect it");
    }
}
