package io.svidflow.cli.command;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.operate.Desk;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationState;
import java.util.List;

/** What waits for a person's approval. */
final class Suggestions {

    private Suggestions() {}

    /**
     * Sends a person's decision about one of them.
     *
     * @throws BadInput if nothing with that id waits; the message says what does
     */
    static void decide(Desk desk, String id, RemediationControl.Builder decision) throws InterruptedException {
        require(desk, id);
        desk.send(decision.setCommandId(id).build());
    }

    private static void require(Desk desk, String id) {
        List<Remediation> all = desk.read(wish -> {}).remediations();
        List<String> waiting = all.stream()
                .filter(remediation -> remediation.getState() == RemediationState.AWAITING_APPROVAL)
                .map(Remediation::getCommandId)
                .toList();
        if (!waiting.contains(id)) {
            String state = all.stream()
                    .filter(remediation -> remediation.getCommandId().equals(id))
                    .map(remediation -> "is " + remediation.getState())
                    .findFirst()
                    .orElse("is not known");
            throw new BadInput(
                    "command " + id,
                    state + ", and does not await approval",
                    waiting.isEmpty() ? "nothing does" : "these do: " + String.join(", ", waiting));
        }
    }
}
