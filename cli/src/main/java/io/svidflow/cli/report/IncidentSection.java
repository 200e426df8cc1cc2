package io.svidflow.cli.report;

import io.svidflow.cli.report.Palette.Tone;
import io.svidflow.event.Incident;
import io.svidflow.event.Scope;
import java.time.Duration;

/** One fault with how far it reached and what lies behind it. */
final class IncidentSection {

    private final Moments moments;
    private final Page page;

    IncidentSection(Moments moments, Page page) {
        this.moments = moments;
        this.page = page;
    }

    void print(Incident incident) {
        page.blank();
        page.line(
                incident.getClosedAt() == null ? Tone.ALARM : Tone.STRONG,
                2,
                "",
                incident.getCause() + ": " + span(incident, moments));
        page.line(4, "scope     ", scope(incident));
        incident.getReasons().forEach(reason -> page.line(4, "reason    ", reason));
        incident.getEvidence().forEach(e -> page.line(4, "evidence  ", moments.milli(e.getAt()) + " " + e.getText()));
        if (incident.getMergedInto() != null) {
            page.line(4, "part of   ", "incident " + incident.getMergedInto() + ", which goes on in its place");
        }
        page.line(4, "incident  ", incident.getId() + ", revision " + incident.getRevision());
    }

    static String span(Incident incident, Moments moments) {
        String opened = moments.second(incident.getOpenedAt());
        return incident.getClosedAt() == null
                ? opened + ", still open"
                : opened + " to " + moments.second(incident.getClosedAt()) + " ("
                        + Moments.length(Duration.between(incident.getOpenedAt(), incident.getClosedAt())) + ")";
    }

    private static String scope(Incident incident) {
        Scope scope = incident.getScope();
        String reach =
                switch (scope) {
                    case POD -> "one pod";
                    case OWNER -> "pods of one owner";
                    case NODE -> "one node";
                    case SERVER -> "one replica of the SPIRE server";
                    case CLUSTER -> "the whole cluster";
                };
        return reach + "; " + Words.count(incident.getPods(), "pod", "pods")
                + (incident.getNodes().isEmpty() ? "" : " on " + String.join(", ", incident.getNodes()));
    }
}
