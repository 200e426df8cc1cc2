package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;

import io.svidflow.event.Link;
import java.time.Instant;
import java.util.Set;

/** spire-controller-manager works, but the pod's entry comes late: one global pass at a time, triggers can be dropped. */
final class RegistrarLag implements Cause {

    @Override
    public String name() {
        return "REGISTRAR_LAG";
    }

    @Override
    public Layer layer() {
        return Layer.REGISTRAR;
    }

    @Override
    public Grouping grouping() {
        return Grouping.REGISTRAR;
    }

    @Override
    public Assessment assess(Case question) {
        if (!question.missingAnyOf(Link.ENTRY_PRESENT)) {
            return ruledOut("the pod had its entry in time");
        }
        if (question.unselected()) {
            return ruledOut("no rule tells spire-controller-manager to register the pod");
        }
        RegistrarHealth registrar = question.server().registrar();
        Instant start = question.podStart();
        boolean down = question.registrarDown().isPresent()
                || question.registrarOutage().isPresent();
        if (down) {
            return ruledOut("spire-controller-manager is, or was until a moment ago, not working at all");
        }
        if (question.datastoreOutage().isPresent()
                || question.serverOutage().isPresent()
                || question.writesRefused().isPresent()
                || question.someCallsFail().isPresent()) {
            return ruledOut("spire-controller-manager cannot write what server and datastore do not take");
        }
        // A datastore that takes no entry while it answers everything else is seen in the server's log alone.
        Set<String> dark = Set.copyOf(question.notCollected());
        boolean failuresUnseen = dark.contains("server-log") || dark.containsAll(Set.of("agent-log", "audit"));
        Instant created = question.pod().getClocks().getEntry();
        if (created != null) {
            return likely(
                    failuresUnseen ? Diagnosis.DOUBTFUL : 0.9,
                    fact(
                            created,
                            Link.ENTRY_PRESENT,
                            "the entry came "
                                    + java.time.Duration.between(start, created).toSeconds()
                                    + " s after the pod started, while spire-controller-manager was at work"));
        }
        boolean atWork = start != null && registrar.workedAt().isAfter(start);
        if (atWork && (dark.contains("controller-manager-log") || failuresUnseen)) {
            return likely(
                    Diagnosis.DOUBTFUL,
                    fact(
                            registrar.workedAt(),
                            Link.ENTRY_PRESENT,
                            "spire-controller-manager is at work, but has not written this entry; what would tell a slow"
                                    + " one from one that cannot is not collected"));
        }
        return atWork
                ? likely(
                        0.75,
                        fact(
                                registrar.workedAt(),
                                Link.ENTRY_PRESENT,
                                "spire-controller-manager is at work, but has not written this entry"))
                : likely(0.3, fact(question.now(), Link.ENTRY_PRESENT, "the entry is missing"));
    }
}
