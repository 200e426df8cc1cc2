package io.svidflow.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.event.Finding;
import io.svidflow.event.RemediationAction;
import io.svidflow.remediation.Ladder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody has banned an agent, and meant it: however much svidflow may do, it does nothing about it and tells a person. */
@Tag("lab-long")
@RequiresLaboratory
@Timeout(1200)
class BanTest {

    private static final String NODE = "node-4";
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);

    @TempDir
    Path temporary;

    @Test
    void shouldDoNothingAboutABan() throws IOException, InterruptedException {
        try (Laboratory lab = Laboratory.start();
                ActingSvidflow svidflow = new ActingSvidflow(temporary, "5s", RemediationAction.RESTART_AGENT)) {
            svidflow.run("budget", "init", "--cluster", "lab", "--reason", "a test");
            for (String cause : Ladder.remediedCauses()) {
                svidflow.run("mode", "act", "--cause", cause, "--cluster", "lab", "--reason", "a test");
            }
            List<String> agents = lab.uids("spire", "app=spire-agent");
            lab.ban(NODE);
            lab.kubectl("-n", "shop", "scale", "deployment/cart", "--replicas=14");

            await().atMost(Duration.ofMinutes(5)).until(() -> !banned(svidflow).isEmpty());
            await().during(LONG_ENOUGH).atMost(LONG_ENOUGH.plusSeconds(30)).until(() -> svidflow.mutating()
                    .isEmpty());

            assertThat(banned(svidflow)).allSatisfy(finding -> {
                assertThat(finding.getNode()).isEqualTo(NODE);
                assertThat(finding.getRecoveredAt()).isNull();
            });
            assertThat(svidflow.remediations(RemediationAction.NOTIFY)).isNotEmpty();
            assertThat(lab.uids("spire", "app=spire-agent")).containsExactlyInAnyOrderElementsOf(agents);
            Files.writeString(
                    Outcome.folder("ban").resolveSibling("ban.md"),
                    "# ban\n\n```\n" + svidflow.run("remediations") + "```\n");
        }
    }

    private static List<Finding> banned(ActingSvidflow svidflow) throws InterruptedException {
        return svidflow.conclusions().findings().stream()
                .filter(finding -> finding.getCause().equals("AGENT_BANNED"))
                .toList();
    }
}
