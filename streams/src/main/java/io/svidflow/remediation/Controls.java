package io.svidflow.remediation;

import io.svidflow.diagnosis.Causes;
import io.svidflow.event.ControlKind;
import io.svidflow.event.Finding;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What operators want of remediation, and how far svidflow may go: their last word counts, before the settings. */
final class Controls {

    private static final String PAUSE = "pause/";
    private static final String MODE = "mode/";

    private final Casebook casebook;
    private final Policy policy;

    Controls(Casebook casebook, Policy policy) {
        this.casebook = casebook;
        this.policy = policy;
    }

    /**
     * Applies a wish that concerns no single command.
     *
     * @return why it was not followed; empty: it was
     */
    Optional<String> apply(RemediationControl wish) {
        switch (wish.getKind()) {
            case PAUSE -> casebook.control(PAUSE + wish.getId(), wish);
            case RESUME ->
                List.copyOf(casebook.controls().values()).stream()
                        .filter(pause -> pause.getKind() == ControlKind.PAUSE)
                        .filter(pause ->
                                wish.getSubject() == null || wish.getSubject().equals(pause.getId()))
                        .forEach(pause -> casebook.control(PAUSE + pause.getId(), null));
            case SET_MODE -> {
                return mode(wish);
            }
            case INIT_BUDGET -> {
                if (wish.getBudgets().isEmpty() || !wish.getBudgets().stream().allMatch(Budgets::valid)) {
                    return Optional.of("a budget needs actions that change something, counts from 0 and times above 0");
                }
                new Budgets(casebook, policy).grant(wish);
            }
            case RESET -> new Latches(casebook).reset();
            case CONFIRM -> confirm(wish);
            case APPROVE, REJECT, UNKNOWN -> {
                return Optional.of(wish.getKind() + " is not for the cluster as a whole");
            }
        }
        return Optional.empty();
    }

    private Optional<String> mode(RemediationControl wish) {
        Optional<Mode> mode = Mode.of(wish.getMode());
        if (mode.isEmpty()) {
            return Optional.of("mode " + wish.getMode() + " is none: observe, suggest or act");
        }
        if (mode.get() == Mode.ACT && wish.getCause() == null) {
            return Optional.of("act needs a cause: nobody may allow everything at once");
        }
        if (wish.getCause() != null
                && Causes.all().stream().noneMatch(cause -> cause.name().equals(wish.getCause()))) {
            return Optional.of("no cause is called " + wish.getCause());
        }
        // the last word counts: what was said before about a part of this is over
        List.copyOf(casebook.controls().entrySet()).stream()
                .filter(said -> said.getKey().startsWith(MODE))
                .filter(said -> rule(wish)
                        .covers(
                                null,
                                said.getValue().getCause(),
                                said.getValue().getNamespace()))
                .forEach(said -> casebook.control(said.getKey(), null));
        casebook.control(MODE + wish.getCause() + "/" + wish.getNamespace(), wish);
        return Optional.empty();
    }

    private void confirm(RemediationControl wish) {
        for (Remediation deed : List.copyOf(casebook.past().values())) {
            String subject = Deeds.subject(deed);
            boolean meant = wish.getSubject() == null
                    || wish.getSubject().equals(subject)
                    || wish.getSubject().equals(deed.getNode());
            if (meant) {
                casebook.instant(Latches.CONFIRMED + subject, wish.getAt());
            }
            if (meant && deed.getState() == RemediationState.AMBIGUOUS) {
                casebook.past(
                        deed.getCommandId(),
                        Steps.to(
                                        Remediation.newBuilder(deed),
                                        RemediationState.FAILED,
                                        wish.getAt(),
                                        wish.getOperator(),
                                        "looked into it: " + wish.getReason())
                                .build());
            }
        }
    }

    /**
     * How far svidflow may go with the finding; empty: nobody said. What is known lags behind the time of the day: a word that
     * is younger than what is known only makes svidflow more careful, so that nothing is done before it was allowed.
     *
     * @param now up to when everything is known
     */
    Optional<ModeRule> rule(Finding finding, Instant now) {
        Optional<ModeRule> settings =
                policy.modes().rule(casebook.cluster(), finding.getCause(), finding.getNamespace());
        Optional<RemediationControl> last = casebook.controls().values().stream()
                .filter(wish -> wish.getKind() == ControlKind.SET_MODE)
                .filter(wish -> rule(wish).covers(casebook.cluster(), finding.getCause(), finding.getNamespace()))
                .max(Comparator.comparing(RemediationControl::getAt));
        if (last.isEmpty()) {
            return settings;
        }
        ModeRule said = rule(last.get());
        boolean early = last.get().getAt().isAfter(now);
        return early ? settings.map(before -> moreCareful(before, said)) : Optional.of(said);
    }

    private static ModeRule moreCareful(ModeRule a, ModeRule b) {
        return a.mode().compareTo(b.mode()) <= 0 ? a : b;
    }

    private static ModeRule rule(RemediationControl wish) {
        return new ModeRule(
                null,
                wish.getCause(),
                wish.getNamespace(),
                Mode.of(wish.getMode()).orElseThrow());
    }

    /** Pauses that have ended by themselves are forgotten. */
    void forget(Instant now) {
        List.copyOf(casebook.controls().entrySet()).stream()
                .filter(said -> said.getValue().getKind() == ControlKind.PAUSE)
                .filter(said -> said.getValue().getExpiresAt() != null
                        && !now.isBefore(said.getValue().getExpiresAt()))
                .forEach(said -> casebook.control(said.getKey(), null));
    }
}
