package io.svidflow.remediation;

import io.svidflow.event.PodTransition;
import io.svidflow.event.ProofGrade;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a rung promised, where the pod's own identity cannot show it: a pod that was restarted never obtains an SVID, its
 * successor does; a poke is for an entry, and the agent does the rest (G17).
 */
final class Promise {

    private static final String BEFORE = "promise/";

    private Promise() {}

    /** A restart was carried out: the pods that have their identity now prove nothing about it. */
    static void made(Remediation executed, Casebook casebook) {
        if (executed.getAction() == RemediationAction.RESTART_WORKLOAD && executed.getOwner() != null) {
            Map.copyOf(casebook.instants(siblings(executed)))
                    .forEach((sibling, since) -> casebook.instant(before(executed, sibling), since));
        }
    }

    /** It is over: what was remembered for it is forgotten. */
    static void over(Remediation closed, Casebook casebook) {
        List.copyOf(casebook.instants(BEFORE + closed.getCommandId() + "/").keySet())
                .forEach(name -> casebook.instant(name, null));
    }

    private static String siblings(Remediation remediation) {
        return "sibling/" + remediation.getNamespace() + "/" + remediation.getOwner() + "/";
    }

    private static String before(Remediation remediation, String sibling) {
        return BEFORE + remediation.getCommandId() + "/" + sibling.substring(sibling.lastIndexOf('/') + 1);
    }

    /**
     * The remediation's success, if what it promised has come true.
     *
     * @param executed a remediation that was carried out
     */
    static Optional<Remediation> kept(Remediation executed, Casebook casebook, Instant now) {
        Instant since = executed.getExecutedAt();
        if (executed.getAction() == RemediationAction.POKE_REGISTRAR) {
            PodTransition pod = casebook.pod(executed.getPodUid());
            Instant entry = pod == null ? null : pod.getClocks().getEntry();
            return entry != null && entry.isAfter(since)
                    ? Optional.of(RemediationLedger.kept(
                            executed, now, null, "its entry was created at " + entry + ", after the poke"))
                    : Optional.empty();
        }
        if (executed.getAction() != RemediationAction.RESTART_WORKLOAD || executed.getOwner() == null) {
            return Optional.empty();
        }
        return casebook.instants(siblings(executed)).entrySet().stream()
                .filter(sibling -> sibling.getValue().isAfter(since))
                .filter(sibling -> !sibling.getKey().endsWith("/" + executed.getPodUid()))
                .filter(sibling -> !sibling.getKey().endsWith("/former"))
                .filter(sibling -> casebook.instant(before(executed, sibling.getKey())) == null)
                .findFirst()
                .map(sibling -> RemediationLedger.kept(
                        executed,
                        now,
                        ProofGrade.ISSUED,
                        "pod with UID "
                                + sibling.getKey().substring(sibling.getKey().lastIndexOf('/') + 1)
                                + " of the same owner obtained its SVID at " + sibling.getValue()
                                + " (proof: at least ISSUED)"));
    }
}
