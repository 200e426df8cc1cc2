package io.svidflow.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In mode suggest a person has the last word: nothing is restarted before it, and once after it. */
@Tag("lab-long")
@RequiresLaboratory
@Timeout(900)
class ApprovalTest {

    @TempDir
    Path temporary;

    @Test
    void shouldRestartTheWorkloadOnceAPersonHasApproved() throws IOException, InterruptedException {
        try (Laboratory lab = Laboratory.start()) {
            StaleSocket.arrange(lab);
            try (ActingSvidflow svidflow = new ActingSvidflow(temporary, "5s", RemediationAction.RESTART_WORKLOAD)) {
                svidflow.run("budget", "init", "--cluster", "lab", "--reason", "a test");
                svidflow.run("mode", "suggest", "--cause", StaleSocket.CAUSE, "--cluster", "lab", "--reason", "a test");
                StaleSocket.replaceTheAgent(lab);
                List<String> before = lab.uids("shop", StaleSocket.PINNED);
                await().atMost(Duration.ofMinutes(6))
                        .until(() -> restarts(svidflow, RemediationState.AWAITING_APPROVAL) == 1);
                await().during(Duration.ofSeconds(20))
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> restarts(svidflow, RemediationState.AWAITING_APPROVAL) == 1);
                assertThat(lab.uids("shop", StaleSocket.PINNED)).containsExactlyInAnyOrderElementsOf(before);

                String id = restarts(svidflow).get(0).getCommandId();
                svidflow.run("approve", id, "--cluster", "lab", "--reason", "its siblings are fine");
                await().atMost(Duration.ofMinutes(4)).until(() -> restarts(svidflow, RemediationState.SUCCEEDED) == 1);

                List<String> now = lab.uids("shop", StaleSocket.PINNED);
                assertThat(before)
                        .filteredOn(uid -> !now.contains(uid))
                        .containsExactly(restarts(svidflow).get(0).getPodUid());
                String story = svidflow.run("remediations", "--explain", id);
                assertThat(story).contains("APPROVE of").containsPattern("its\\s+siblings\\s+are\\s+fine");
                Files.writeString(
                        Outcome.folder("approval").resolveSibling("approval.md"),
                        "# approval\n\n```\n" + story + "```\n");
            }
        }
    }

    private static long restarts(ActingSvidflow svidflow, RemediationState state) throws InterruptedException {
        return restarts(svidflow).stream()
                .filter(one -> one.getState() == state)
                .count();
    }

    private static List<Remediation> restarts(ActingSvidflow svidflow) throws InterruptedException {
        return svidflow.remediations(RemediationAction.RESTART_WORKLOAD);
    }
}
