package io.svidflow.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two agents back off for minutes after the same outage: one is restarted, and the other not in the five minutes after that.
 * By then it has tried by itself: SPIRE's longest back-off is 8 minutes.
 */
@Tag("lab-long")
@RequiresLaboratory
@Timeout(1800)
class TwoAgentsTest {

    private static final List<String> NODES = List.of("node-3", "node-4");
    private static final String INTERVAL = "240s";
    private static final Duration SPACING = Duration.ofMinutes(5);

    @TempDir
    Path temporary;

    @Test
    void shouldRestartOneAfterTheOther() throws IOException, InterruptedException {
        try (Laboratory lab = Laboratory.start()) {
            lab.kubectl(
                    "-n",
                    "spire",
                    "set",
                    "env",
                    "ds/spire-agent",
                    "SLOW_NODES=" + String.join(" ", NODES),
                    "SLOW_SYNC=" + INTERVAL);
            lab.kubectl("-n", "spire", "rollout", "status", "ds/spire-agent", "--timeout=240s");
            lab.awaitIdentities();
            try (ActingSvidflow svidflow = new ActingSvidflow(temporary, INTERVAL, RemediationAction.RESTART_AGENT)) {
                svidflow.run("budget", "init", "--cluster", "lab", "--reason", "a test");
                svidflow.run("mode", "act", "--cause", "AGENT_SYNC_BACKOFF", "--cluster", "lab", "--reason", "a test");
                List<String> agents = lab.uids("spire", "app=spire-agent");
                lab.fault("stop", "db/postgres-0");
                lab.kubectl("-n", "shop", "scale", "deployment/cart", "--replicas=15");
                for (String node : NODES) {
                    String agent = lab.agent(node);
                    await().atMost(Duration.ofMinutes(6))
                            .pollInterval(Duration.ofSeconds(2))
                            .until(() -> lab.kubectl("-n", "spire", "logs", agent, "--since=9m")
                                    .contains("Synchronize failed"));
                }
                lab.fault("cont", "db/postgres-0");

                await().atMost(Duration.ofMinutes(12))
                        .until(() -> restarts(svidflow).stream()
                                        .anyMatch(one -> one.getState() == RemediationState.SUCCEEDED)
                                && svidflow.conclusions().findings().stream()
                                        .allMatch(finding -> finding.getRecoveredAt() != null));
                String told = svidflow.run("remediations");
                Files.writeString(
                        Outcome.folder("two-agents").resolveSibling("two-agents.md"),
                        "# two-agents\n\n```\n" + told + "```\n");

                assertThat(told).contains("S7 agent-spacing");
                List<Instant> ordered = svidflow.mutating().stream()
                        .map(RemediationCommand::getIssuedAt)
                        .sorted()
                        .toList();
                for (int i = 1; i < ordered.size(); i++) {
                    assertThat(Duration.between(ordered.get(i - 1), ordered.get(i)))
                            .isGreaterThanOrEqualTo(SPACING);
                }
                assertThat(svidflow.mutating())
                        .extracting(RemediationCommand::getNode)
                        .doesNotHaveDuplicates()
                        .isSubsetOf(NODES);
                List<String> now = lab.uids("spire", "app=spire-agent");
                assertThat(agents.stream().filter(uid -> !now.contains(uid))).hasSize(ordered.size());
            }
        }
    }

    private static List<Remediation> restarts(ActingSvidflow svidflow) throws InterruptedException {
        return svidflow.remediations(RemediationAction.RESTART_AGENT);
    }
}
