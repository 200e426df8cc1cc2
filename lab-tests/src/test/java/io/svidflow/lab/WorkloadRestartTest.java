package io.svidflow.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.event.Finding;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationResult;
import io.svidflow.event.RemediationState;
import io.svidflow.event.RemediationTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pod holds the socket of an agent that has been replaced, and never asks again, while its siblings do. It is told, and
 * left alone until an operator lets svidflow restart such pods: then that one is restarted, once. What else the resync agent
 * is ordered is refused: a pod that is no longer the one, anything while the datastore is down.
 */
@Tag("lab")
@RequiresLaboratory
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkloadRestartTest {

    @TempDir
    static Path temporary;

    private static Laboratory lab;
    private static ActingSvidflow svidflow;

    @BeforeAll
    static void replaceTheAgentUnderAPodThatHoldsItsSocket() throws IOException, InterruptedException {
        lab = Laboratory.start();
        StaleSocket.arrange(lab);
        svidflow = new ActingSvidflow(temporary, "5s", RemediationAction.RESTART_WORKLOAD);
        svidflow.run("budget", "init", "--cluster", "lab", "--reason", "a test");
        StaleSocket.replaceTheAgent(lab);
    }

    @AfterAll
    static void end() throws IOException, InterruptedException {
        try {
            if (svidflow != null) {
                svidflow.close();
            }
        } finally {
            if (lab != null) {
                lab.close();
            }
        }
    }

    @Test
    @Order(1)
    void shouldTellOfThePodAndLeaveItAlone() throws IOException, InterruptedException {
        List<String> before = lab.uids("shop", StaleSocket.PINNED);
        await().atMost(Duration.ofMinutes(4))
                .until(() -> !StaleSocket.findings(svidflow).isEmpty());

        await().during(Duration.ofSeconds(30)).atMost(Duration.ofSeconds(40)).until(() -> svidflow.mutating()
                .isEmpty());
        assertThat(lab.uids("shop", StaleSocket.PINNED)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(StaleSocket.findings(svidflow)).hasSize(1);
    }

    @Test
    @Order(2)
    void shouldRestartItOnceWhenThatCauseIsTurnedOn() throws IOException, InterruptedException {
        List<String> before = lab.uids("shop", StaleSocket.PINNED);
        List<String> agents = lab.uids("spire", "app=spire-agent");
        Finding finding = StaleSocket.findings(svidflow).get(0);
        Instant allowed = Clock.systemUTC().instant();
        svidflow.run("mode", "act", "--cause", StaleSocket.CAUSE, "--cluster", "lab", "--reason", "a test");

        await().atMost(Duration.ofMinutes(4))
                .until(() -> restarts().stream().anyMatch(restart -> restart.getState() == RemediationState.SUCCEEDED));
        String told = svidflow.run("remediations");
        Files.writeString(
                Outcome.folder("workload-restart").resolveSibling("workload-restart.md"),
                "# workload-restart\n\n```\n" + told + "```\n\n```\n"
                        + svidflow.run(
                                "remediations", "--explain", restarts().get(0).getCommandId())
                        + "```\n");

        assertThat(svidflow.mutating()).singleElement().satisfies(command -> {
            assertThat(command.getAction()).isEqualTo(RemediationAction.RESTART_WORKLOAD);
            assertThat(command.getPodUid()).isEqualTo(finding.getPodUid());
        });
        assertThat(restarts()).singleElement().satisfies(restart -> {
            assertThat(restart.getDetail()).as("its successor proves it").contains("same owner");
            assertThat(restart.getOpenedAt()).isAfterOrEqualTo(allowed);
        });
        List<String> now = lab.uids("shop", StaleSocket.PINNED);
        assertThat(now).hasSameSizeAs(before).doesNotContain(finding.getPodUid());
        assertThat(before).filteredOn(uid -> !now.contains(uid)).containsExactly(finding.getPodUid());
        assertThat(lab.uids("spire", "app=spire-agent")).containsExactlyInAnyOrderElementsOf(agents);
    }

    @Test
    @Order(3)
    void shouldRefuseACommandForAPodThatIsNoLongerTheOne() throws IOException, InterruptedException {
        List<String> before = lab.uids("shop", StaleSocket.PINNED);
        RemediationCommand done = svidflow.mutating().get(0);
        String sibling = lab.kubectl(
                "-n", "shop", "get", "pods", "-l", StaleSocket.PINNED, "-o", "jsonpath={.items[0].metadata.name}");

        RemediationResult result = svidflow.order(again(done, sibling.strip(), done.getPodUid()));

        assertThat(result.getOutcome()).isEqualTo(RemediationOutcome.TARGET_GONE);
        assertThat(result.getRefusal().getGuard()).isEqualTo("G9 same-pods");
        assertThat(lab.uids("shop", StaleSocket.PINNED)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    @Order(4)
    void shouldRefuseWhileTheDatastoreIsDown() throws IOException, InterruptedException {
        List<String> before = lab.uids("shop", StaleSocket.PINNED);
        RemediationCommand done = svidflow.mutating().get(0);
        String sibling = lab.kubectl(
                        "-n",
                        "shop",
                        "get",
                        "pods",
                        "-l",
                        StaleSocket.PINNED,
                        "-o",
                        "jsonpath={.items[0].metadata.name}")
                .strip();
        String uid = lab.kubectl("-n", "shop", "get", "pod", sibling, "-o", "jsonpath={.metadata.uid}")
                .strip();
        lab.fault("stop", "db/postgres-0");

        RemediationResult result = svidflow.order(again(done, sibling, uid));
        lab.fault("cont", "db/postgres-0");

        assertThat(result.getOutcome()).isEqualTo(RemediationOutcome.VETOED);
        assertThat(result.getRefusal().getGuard()).isEqualTo("S3 server-answers");
        assertThat(result.getDetail()).contains("datastore");
        assertThat(lab.uids("shop", StaleSocket.PINNED)).containsExactlyInAnyOrderElementsOf(before);
    }

    private static RemediationCommand again(RemediationCommand done, String pod, String uid) {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
        return RemediationCommand.newBuilder(done)
                .setId(UUID.randomUUID().toString())
                .setPod(pod)
                .setPodUid(uid)
                .setTarget(RemediationTarget.newBuilder(done.getTarget())
                        .setName(pod)
                        .setUid(uid)
                        .build())
                .setIssuedAt(now)
                .setNotBefore(now)
                .setExpiresAt(now.plusSeconds(60))
                .setKeyId(null)
                .setSignature(null)
                .build();
    }

    private static List<Remediation> restarts() throws InterruptedException {
        return svidflow.remediations(RemediationAction.RESTART_WORKLOAD);
    }
}
