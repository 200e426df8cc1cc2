package io.svidflow.cli.run;

import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** One line for each thing worth a look as it happens, by event time; nothing for revisions that change no verdict. */
public final class News {

    private final Map<String, String> told = new HashMap<>();

    /** The line for what was just heard; empty if it is no news. */
    public Optional<String> of(SpecificRecord value) {
        if (value instanceof Finding finding) {
            return finding(finding);
        }
        if (value instanceof Incident incident) {
            return incident(incident);
        }
        if (value instanceof RemediationCommand command) {
            return once(
                    command.getId(),
                    command.getAction().name(),
                    line(
                            command.getIssuedAt(),
                            "plan",
                            command.getAction() + " for " + pod(command) + ": " + command.getReason()));
        }
        if (value instanceof RemediationResult result) {
            return once(
                    "result" + result.getCommandId(),
                    "",
                    line(result.getAt(), "agent", result.getOutcome() + ": " + result.getDetail()));
        }
        if (value instanceof Remediation remediation && remediation.getClosedAt() != null) {
            return once(
                    "closed" + remediation.getCommandId(),
                    "",
                    line(
                            remediation.getClosedAt(),
                            "done",
                            remediation.getAction() + " " + remediation.getState() + ": " + remediation.getDetail()));
        }
        return Optional.empty();
    }

    private Optional<String> finding(Finding finding) {
        String what = finding.getState() + " " + finding.getCause();
        String text = finding.getNamespace() + "/" + finding.getPod() + " on " + finding.getNode() + ": " + what + " ("
                + Math.round(finding.getConfidence() * 100) + " %)";
        return once(finding.getId(), what, line(finding.getUpdatedAt(), "pod", text));
    }

    private Optional<String> incident(Incident incident) {
        boolean open = incident.getClosedAt() == null;
        String what = (open ? "open" : "closed") + " " + incident.getCause() + incident.getReasons();
        String reasons = incident.getReasons().isEmpty() ? "" : ": " + String.join("; ", incident.getReasons());
        return once(
                incident.getId(),
                what,
                line(
                        incident.getUpdatedAt(),
                        "fault",
                        incident.getCause() + " " + (open ? "open" : "closed") + ", " + incident.getPods() + " pods, "
                                + incident.getNodes().size() + " nodes" + reasons));
    }

    private static String pod(RemediationCommand command) {
        return command.getNamespace() + "/" + command.getPod();
    }

    private Optional<String> once(String id, String what, String line) {
        return what.equals(told.put(id, what)) ? Optional.empty() : Optional.of(line);
    }

    private static String line(Instant at, String kind, String text) {
        return String.format(
                "%s  %-5s  %s", at.truncatedTo(ChronoUnit.SECONDS).toString().substring(11), kind, text);
    }
}
