package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import java.util.ArrayList;
import java.util.List;

/** All guards of the decider, in the order in which their refusals are told. One that fails to answer refuses (G32). */
public final class Panel {

    private static final String FAIL_CLOSED = "G32 fail-closed";

    private static final List<Guard> ALL = List.of(
            new NeverRemedied(),
            new ModeGate(),
            new NamedScope(),
            new SigningKey(),
            new Pauses(),
            new KnownSubject(),
            new Preconditions(),
            new SeenEnough(),
            new Certainty(),
            new ProtectedScope(),
            new FreshFacts(),
            new LowerLayers(),
            new ProvenHealth(),
            new HarmfulHere(),
            new Reattestation(),
            new PlatformSettling(),
            new SteadyNode(),
            new OwnSideEffects(),
            new Maintenance(),
            new ActionableNodes(),
            new TroubleCap(),
            new StormLatch(),
            new Breaker(),
            new NodeLease(),
            new InFlight(),
            new AgentSpacing(),
            new NoAmbiguity(),
            new HealthyPeriod(),
            new ChronicOffender(),
            new RetryBudget());

    private final List<Guard> guards;

    public Panel() {
        this(ALL);
    }

    Panel(List<Guard> guards) {
        this.guards = List.copyOf(guards);
    }

    /** All guards, in order. */
    public static List<Guard> all() {
        return ALL;
    }

    /** The decisions up to the first refusal: enough to know that nothing may be done. */
    public List<GuardDecision> untilRefused(Question question) {
        List<GuardDecision> decisions = new ArrayList<>();
        for (Guard guard : guards) {
            GuardDecision decision = closed(guard, question);
            decisions.add(decision);
            if (!decision.getPassed()) {
                break;
            }
        }
        return decisions;
    }

    /** Every guard's decision; nobody's refusal keeps another from being asked. */
    public List<GuardDecision> ask(Question question) {
        List<GuardDecision> decisions = new ArrayList<>();
        for (Guard guard : guards) {
            decisions.add(closed(guard, question));
        }
        return decisions;
    }

    private static GuardDecision closed(Guard guard, Question question) {
        try {
            return guard.ask(question);
        } catch (RuntimeException e) {
            return new Says(FAIL_CLOSED)
                    .no(guard.name() + " could not answer (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "), and who cannot answer refuses");
        }
    }
}
