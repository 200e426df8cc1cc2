package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.Remediation;
import io.svidflow.remediation.Deeds;
import java.util.List;
import java.util.Map;

/** So many actions at the same time, in the cluster, in one namespace and for the pods of one owner. */
final class InFlight implements Guard {

    private static final Says SAYS = new Says("G5 in-flight");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        List<Remediation> all = Deeds.inFlight(question.casebook()).toList();
        long namespace = all.stream()
                .filter(deed -> question.finding().getNamespace().equals(deed.getNamespace()))
                .count();
        long subject = all.stream()
                .filter(deed -> question.proposal().subject().equals(Deeds.subject(deed)))
                .count();
        int most = question.limits().maxInFlight();
        Map<String, String> numbers = Map.of(
                "cluster", String.valueOf(all.size()),
                "namespace", String.valueOf(namespace),
                "subject", String.valueOf(subject),
                "limit", String.valueOf(most));
        return all.size() >= most || namespace >= most || subject >= 1
                ? SAYS.no(all.size() + " under way, at most " + most + " at a time", numbers, null)
                : SAYS.yes(all.size() + " under way, at most " + most + " at a time", numbers);
    }
}
