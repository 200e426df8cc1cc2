package io.svidflow.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.EvaluatedCondition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The datastore is down until the agent of node-3, which synchronises seldom, has failed and backs off for minutes. Nothing
 * is done while it is down. When it is back and has been seen to work for a minute, the one agent that would let its pods
 * wait is restarted, and no other.
 */
@Tag("lab-long")
@RequiresLaboratory
@Timeout(1500)
class AgentRestartTest {

    private static final String NODE = "node-3";
    /** The other agents synchronise more often, so that soon somebody proves that the server works. */
    private static final String INTERVAL = "240s";

    @TempDir
    Path temporary;

    @Test
    void shouldRestartTheOneAgentThatBacksOffWhenTheDatastoreIsProvenToWork() throws IOException, InterruptedException {
        try (Laboratory lab = Laboratory.start()) {
            lab.kubectl("-n", "spire", "set", "env", "ds/spire-agent", "SLOW_NODES=" + NODE, "SLOW_SYNC=" + INTERVAL);
            lab.kubectl("-n", "spire", "rollout", "status", "ds/spire-agent", "--timeout=240s");
            lab.awaitIdentities();
            try (ActingSvidflow svidflow = new ActingSvidflow(temporary, INTERVAL, RemediationAction.RESTART_AGENT)) {
                svidflow.run("budget", "init", "--cluster", "lab", "--reason", "a test");
                svidflow.run("mode", "act", "--cause", "AGENT_SYNC_BACKOFF", "--cluster", "lab", "--reason", "a test");
                String agent = lab.agent(NODE);
                List<String> others = lab.uids("spire", "app=spire-agent");

                lab.fault("stop", "db/postgres-0");
                lab.kubectl("-n", "shop", "scale", "deployment/cart", "--replicas=15");
                await().atMost(Duration.ofMinutes(6))
                        .pollInterval(Duration.ofSeconds(2))
                        .until(() -> lab.kubectl("-n", "spire", "logs", agent, "--since=5m")
                                .contains("Synchronize failed"));
                assertThat(svidflow.mutating())
                        .as("while the datastore is down")
                        .isEmpty();
                lab.fault("cont", "db/postgres-0");

                await().atMost(Duration.ofMinutes(5))
                        .pollInterval(Duration.ofSeconds(1))
                        .conditionEvaluationListener(evaluated -> tellWhenLate(evaluated, svidflow))
                        .until(() -> svidflow.remediations(RemediationAction.RESTART_AGENT).stream()
                                .anyMatch(one -> one.getState() == RemediationState.SUCCEEDED));
                Files.writeString(
                        Outcome.folder("agent-restart").resolveSibling("agent-restart.md"),
                        "# agent-restart\n\n```\n" + svidflow.run("remediations") + "```\n");
                assertThat(svidflow.mutating()).singleElement().satisfies(command -> {
                    assertThat(command.getAction()).isEqualTo(RemediationAction.RESTART_AGENT);
                    assertThat(command.getNode()).isEqualTo(NODE);
                });
                List<String> now = lab.uids("spire", "app=spire-agent");
                assertThat(now).hasSameSizeAs(others);
                assertThat(others.stream().filter(uid -> !now.contains(uid))).hasSize(1);
                assertThat(lab.agent(NODE)).isNotEqualTo(agent);
            }
        }
    }

    /** What keeps it, for whoever has to find out why. */
    private static void tellWhenLate(EvaluatedCondition<?> evaluated, ActingSvidflow svidflow) {
        if (!evaluated.isSatisfied() && evaluated.getRemainingTimeInMS() < 1_500) {
            System.out.println(svidflow.run("remediations"));
        }
    }
}
