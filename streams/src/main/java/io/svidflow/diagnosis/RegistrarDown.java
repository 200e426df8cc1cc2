package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** spire-controller-manager does not work, so that nobody writes entries for new pods. */
final class RegistrarDown implements Cause {

    private static final List<String> SERVER_TELLS = List.of("server-log", TellingSources.AUDIT);
    private static final String LOG = "controller-manager-log";

    @Override
    public String name() {
        return "REGISTRAR_DOWN";
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
            return ruledOut("the pod has an entry");
        }
        if (question.unselected()) {
            return ruledOut("no rule tells spire-controller-manager to register the pod");
        }
        Optional<RegistrarHealth.Down> down = question.registrarDown();
        if (down.isPresent()) {
            // what the server answers to the registrar may be the datastore's fault, and only the server knows
            boolean serverUnheard = !Collections.disjoint(question.notCollected(), SERVER_TELLS);
            RegistrarHealth registrar = question.server().registrar();
            boolean answered =
                    down.get().since().equals(registrar.failingSince()) && ErrorText.serverAnswered(registrar.error());
            return likely(
                    serverUnheard && answered ? Diagnosis.DOUBTFUL : 0.9,
                    fact(
                            down.get().since(),
                            Link.ENTRY_PRESENT,
                            "spire-controller-manager is down: " + down.get().because()));
        }
        Optional<Outage> over = question.registrarOutage();
        if (over.isPresent()) {
            return likely(
                    0.85,
                    fact(
                            over.get().start(),
                            Link.ENTRY_PRESENT,
                            "spire-controller-manager was down until "
                                    + over.get().end()));
        }
        return quiet(question, question.server().registrar());
    }

    /** A registrar that logs its triggers logs one within a second of any pod's start. */
    private static Assessment quiet(Case question, RegistrarHealth registrar) {
        Instant start = question.podStart();
        Instant worked = registrar.workedAt();
        if (start != null && worked.isAfter(start)) {
            return ruledOut("spire-controller-manager was at work at " + worked);
        }
        Instant registered = question.cluster().latestRegisteredStart();
        if (registered != null && start != null && registered.isAfter(start)) {
            return ruledOut("a pod that started later, at " + registered + ", has its entry");
        }
        if (!question.cluster().heardThroughout(LOG, start)) {
            return silent(); // it may have spoken while nobody listened
        }
        if (registrar.at(RegistrarHealth.Sign.RECONCILING).equals(Instant.MIN)) {
            return likely(
                    0.5,
                    fact(
                            question.now(),
                            Link.ENTRY_PRESENT,
                            "no sign of spire-controller-manager since the pod started"));
        }
        return likely(
                0.75,
                fact(
                        worked,
                        Link.ENTRY_PRESENT,
                        "last sign of spire-controller-manager: it was not even triggered by the pod"));
    }
}
