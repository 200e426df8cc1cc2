package io.svidflow.lab;

import io.svidflow.event.Finding;
import java.io.IOException;
import java.util.List;

/** A pod that holds the socket of an agent that is replaced, among siblings that look for the new one. */
final class StaleSocket {

    /** Its pods. */
    static final String PINNED = "app=pinned";

    static final String CAUSE = "WORKLOAD_SOCKET_STALE";
    private static final String NODE = "node-4";

    private StaleSocket() {}

    /** The pods, which all have their identity, of agents whose log tells who asks. */
    static void arrange(Laboratory lab) throws IOException, InterruptedException {
        lab.kubectl("-n", "spire", "set", "env", "ds/spire-agent", "LOG_LEVEL=debug");
        lab.kubectl("-n", "spire", "rollout", "status", "ds/spire-agent", "--timeout=240s");
        lab.apply("pinned.yaml");
        lab.awaitIdentities();
    }

    /** The agent under them is replaced: one of them never asks again. */
    static void replaceTheAgent(Laboratory lab) throws IOException, InterruptedException {
        lab.kubectl("-n", "spire", "delete", lab.agent(NODE));
    }

    /** What is told of it. */
    static List<Finding> findings(ActingSvidflow svidflow) throws InterruptedException {
        return svidflow.conclusions().findings().stream()
                .filter(finding -> finding.getCause().equals(CAUSE))
                .toList();
    }
}
