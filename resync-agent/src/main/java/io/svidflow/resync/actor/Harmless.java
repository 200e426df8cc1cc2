package io.svidflow.resync.actor;

import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationResult;
import io.svidflow.resync.scene.Cluster;
import io.svidflow.resync.scene.SeenPod;
import io.svidflow.resync.scene.UnseenException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers commands that change nothing: to wait, and to tell a person, whom a line in the log tells. */
final class Harmless {

    private static final Logger LOG = LoggerFactory.getLogger(Harmless.class);

    private final Cluster cluster;
    private final Answers answers;

    Harmless(Cluster cluster, Answers answers) {
        this.cluster = cluster;
        this.answers = answers;
    }

    RemediationResult answer(RemediationCommand command, Instant now) {
        if (now.isAfter(command.getExpiresAt())) {
            String late = "the command was good until " + command.getExpiresAt();
            return answers.of(command, RemediationOutcome.EXPIRED, late, now).build();
        }
        if (command.getAction() == RemediationAction.NOTIFY) {
            LOG.atWarn()
                    .addKeyValue("command", command.getId())
                    .addKeyValue("cause", command.getCause())
                    .addKeyValue("pod", command.getNamespace() + "/" + command.getPod())
                    .addKeyValue("node", command.getNode())
                    .log("a person has to look: {}", command.getReason());
        }
        try {
            Optional<SeenPod> pod =
                    command.getPod() == null ? Optional.empty() : cluster.pod(command.getNamespace(), command.getPod());
            if (command.getPodUid() != null
                    && pod.filter(seen -> seen.uid().equals(command.getPodUid()))
                            .isEmpty()) {
                return answers.of(
                                command,
                                RemediationOutcome.TARGET_GONE,
                                "pod " + command.getNamespace() + "/" + command.getPod() + " with UID "
                                        + command.getPodUid() + " is not there any more",
                                now)
                        .build();
            }
            return observed(command, "everything is as the command says; it changes nothing", now);
        } catch (UnseenException e) {
            return observed(command, "it changes nothing; " + e.getMessage(), now);
        }
    }

    private RemediationResult observed(RemediationCommand command, String detail, Instant now) {
        return answers.of(command, RemediationOutcome.OBSERVED, detail, now).build();
    }
}
