package io.svidflow.resync.check;

import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.resync.scene.Scene;
import io.svidflow.resync.scene.SeenEntry;
import java.util.Optional;

/** The pod's registration entry is the one of the decision, in the same revision. */
final class SameEntry implements Check {

    @Override
    public String guard() {
        return "G9 same-entry";
    }

    @Override
    public Optional<Refusal> ask(RemediationCommand command, Scene scene) {
        if (command.getEntryId() == null) {
            return Optional.empty();
        }
        SeenEntry entry = scene.plane().entry().orElse(null);
        if (entry == null) {
            return gone("entry " + command.getEntryId() + " is not there any more");
        }
        Long revision = command.getEntryRevision();
        return revision == null || revision == entry.revision()
                ? Optional.empty()
                : gone("entry " + entry.id() + " has changed: its revision is " + entry.revision() + ", not "
                        + revision);
    }

    private Optional<Refusal> gone(String because) {
        return Refusal.of(RemediationOutcome.TARGET_GONE, guard(), because);
    }
}
