package io.svidflow.remediation;

import io.svidflow.event.Finding;
import io.svidflow.event.RemediationAction;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The id of a command: the same for all attempts and after every restart, so that whoever carries it out can tell a
 * repetition from a new wish (G12).
 */
public final class CommandId {

    private CommandId() {}

    /** One action for one episode of one pod. */
    public static String of(Finding finding, RemediationAction action) {
        return UUID.nameUUIDFromBytes((finding.getId() + '\n' + action).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
