package io.svidflow.remediation;

import io.svidflow.event.Finding;
import io.svidflow.event.GuardDecision;
import io.svidflow.event.RemediationRefusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tells every refusal, with guard and numbers, and again only when its reason changes (G22). */
final class RefusalBook {

    private final Casebook casebook;

    RefusalBook(Casebook casebook) {
        this.casebook = casebook;
    }

    /**
     * A proposal was refused.
     *
     * @param refused who refused, the headline first; not empty
     * @param mode as commands word it
     * @return what is to be told; empty: it was told before
     */
    Optional<RemediationRefusal> tell(Proposal proposal, List<GuardDecision> refused, String mode, Instant now) {
        Finding finding = proposal.finding();
        GuardDecision headline = refused.get(0);
        if (!news(proposal, headline)) {
            return Optional.empty();
        }
        String about = about(proposal);
        RemediationRefusal refusal = RemediationRefusal.newBuilder()
                .setId(UUID.nameUUIDFromBytes(
                                (about + '\n' + headline.getGuard() + '\n' + now).getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setCluster(casebook.cluster())
                .setAt(now)
                .setAction(proposal.action())
                .setCause(finding.getCause())
                .setFindingId(finding.getId())
                .setIncidentId(finding.getIncidentId())
                .setNamespace(finding.getNamespace())
                .setPod(finding.getPod())
                .setPodUid(finding.getPodUid())
                .setNode(finding.getNode())
                .setRung(proposal.rung())
                .setMode(mode)
                .setRefusal(headline)
                .setOthers(refused.subList(1, refused.size()))
                .build();
        casebook.refusal(about, refusal);
        return Optional.of(refusal);
    }

    /** Whether this was not the reason of the last refusal of the proposal. */
    boolean news(Proposal proposal, GuardDecision headline) {
        RemediationRefusal last = casebook.refusals().get(about(proposal));
        return last == null
                || !reason(last.getCause(), last.getRefusal())
                        .equals(reason(proposal.finding().getCause(), headline));
    }

    private static String about(Proposal proposal) {
        return proposal.finding().getId() + "/" + proposal.action();
    }

    /** What is over needs no memory; the same refusal of a new episode is told again. */
    void forget(Finding finding) {
        List.copyOf(casebook.refusals().keySet()).stream()
                .filter(about -> about.startsWith(finding.getId() + "/"))
                .forEach(about -> casebook.refusal(about, null));
    }

    /** Counts and times change with every look; the reason does not. */
    private static String reason(String cause, GuardDecision decision) {
        return cause + '\n' + decision.getGuard() + '\n' + decision.getBecause().replaceAll("[0-9]", "");
    }
}
