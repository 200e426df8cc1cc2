package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.remediation.HealthProofs;
import io.svidflow.remediation.HealthProofs.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** That nobody complains proves nothing. Before anything is changed the layers below must have been seen to work for a minute: the server answers, a listing succeeds, another agent synchronises. */
final class ProvenHealth implements Guard {

    private static final Says SAYS = new Says("S4 proven-health");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        Instant now = question.now();
        Optional<Span> answers = question.proofs().answers();
        Optional<Span> listings = question.proofs().listings();
        Optional<Span> others =
                question.proofs().synchronisations(question.finding().getNode(), now);
        Map<String, String> numbers = new TreeMap<>();
        numbers.put("neededSeconds", String.valueOf(question.limits().proof().toSeconds()));
        question.proofs().lastTrouble().ifPresent(at -> numbers.put("lastTrouble", at.toString()));
        List<Proof> proofs = List.of(
                new Proof("the server has not been seen to answer", answers),
                new Proof("no listing has been seen to succeed", listings),
                new Proof("no other agent has been seen to synchronise", others));
        for (Proof proof : proofs) {
            if (proof.span().filter(span -> fresh(span, now)).isEmpty()) {
                return SAYS.no(proof.otherwise() + " of late and since anything was wrong", numbers, null);
            }
        }
        Instant since = List.of(answers.orElseThrow(), listings.orElseThrow(), others.orElseThrow()).stream()
                .map(Span::from)
                .max(Instant::compareTo)
                .orElseThrow();
        Instant proven = since.plus(question.limits().proof());
        numbers.put("since", since.toString());
        numbers.put("seconds", String.valueOf(Duration.between(since, now).toSeconds()));
        String words = "since " + since + " the server has answered, listings have succeeded, and "
                + others.orElseThrow().of();
        return now.isBefore(proven)
                ? SAYS.no(words + ", which is not long enough", numbers, proven)
                : SAYS.yes(words, numbers);
    }

    private static boolean fresh(Span span, Instant now) {
        return !span.last().isBefore(now.minus(HealthProofs.FRESH));
    }

    /** Something that must have been seen, and what is said where it has not. */
    private record Proof(String otherwise, Optional<Span> span) {}
}
