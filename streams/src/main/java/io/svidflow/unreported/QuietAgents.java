package io.svidflow.unreported;

import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodIdentityEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What befell the agent of one node and led to no finding. */
final class QuietAgents {

    private final String node;
    private final Instant start;
    private final Reported reported;
    private final List<Unreported> told = new ArrayList<>();

    private QuietAgents(String node, Instant start, Reported reported) {
        this.node = node;
        this.start = start;
        this.reported = reported;
    }

    /**
     * @param start when the record begins
     * @param conclusions what stage 1 said of the node, in the order of time
     */
    static List<Unreported> explain(String node, Instant start, List<PodIdentityEvent> conclusions, Reported reported) {
        QuietAgents agents = new QuietAgents(node, start, reported);
        agents.streaks(conclusions, NodeTransition::getSyncFailingSince, QuietAgents::synchronisation);
        agents.streaks(conclusions, NodeTransition::getEvictedAt, QuietAgents::eviction);
        agents.streaks(conclusions, NodeTransition::getNodeAttestFailingSince, QuietAgents::nodeAttestation);
        agents.streaks(conclusions, NodeTransition::getAttestFailingSince, QuietAgents::workloadAttestation);
        agents.restarts(conclusions);
        return agents.told;
    }

    /** Words a streak from the last that was said of it while it lasted. */
    private interface Wording {
        Unreported of(String node, NodeTransition last, Spell spell);
    }

    /** A streak lasts from its own beginning until a conclusion that no longer knows it. */
    private void streaks(
            List<PodIdentityEvent> conclusions, Function<NodeTransition, Instant> beginning, Wording wording) {
        NodeTransition last = null;
        for (PodIdentityEvent event : conclusions) {
            NodeTransition now = (NodeTransition) event.getBody();
            Instant begun = now.getGone() ? null : beginning.apply(now);
            if (last != null && !beginning.apply(last).equals(begun)) {
                tell(wording, last, new Spell(beginning.apply(last), event.getAt()));
            }
            last = begun == null ? null : now;
        }
        if (last != null) {
            tell(wording, last, new Spell(beginning.apply(last), null));
        }
    }

    private void tell(Wording wording, NodeTransition last, Spell spell) {
        if (!reported.covers(node, spell)) {
            told.add(wording.of(node, last, spell));
        }
    }

    private static Unreported synchronisation(String node, NodeTransition last, Spell spell) {
        String failed = "its agent failed to synchronise " + QuietPods.times(last.getSyncAttempts())
                + because(last.getFirstSyncError());
        return spell.to() == null
                ? item(
                        node,
                        Reason.UNDECIDED,
                        spell,
                        last.getSyncAttempts(),
                        failed + " and had not recovered at the end")
                : item(
                        node,
                        Reason.TRANSIENT_SYNC,
                        spell,
                        last.getSyncAttempts(),
                        failed + " and recovered after " + spell.words());
    }

    private static Unreported eviction(String node, NodeTransition last, Spell spell) {
        return spell.to() == null
                ? item(node, Reason.UNDECIDED, spell, 0, "its agent was evicted and had not attested again at the end")
                : item(
                        node,
                        Reason.AGENT_SELF,
                        spell,
                        0,
                        "its agent was evicted and attested again after " + spell.words());
    }

    private static Unreported nodeAttestation(String node, NodeTransition last, Spell spell) {
        String failed = "its agent could not attest" + because(last.getLastNodeAttestError());
        return spell.to() == null
                ? item(node, Reason.UNDECIDED, spell, 0, failed + " and had not at the end")
                : item(node, Reason.AGENT_SELF, spell, 0, failed + " and did after " + spell.words());
    }

    private static Unreported workloadAttestation(String node, NodeTransition last, Spell spell) {
        String failed = "its workload attestor failed" + because(last.getLastAttestError());
        return spell.to() == null
                ? item(node, Reason.UNDECIDED, spell, 0, failed + " and was not seen to work again")
                : item(
                        node,
                        Reason.TRANSIENT_ATTESTATION,
                        spell,
                        0,
                        failed + " and worked again after " + spell.words());
    }

    private void restarts(List<PodIdentityEvent> conclusions) {
        NodeTransition before = null;
        for (PodIdentityEvent event : conclusions) {
            NodeTransition now = (NodeTransition) event.getBody();
            if (before != null && before.getAgentStartedAt() != null && now.getAgentStartedAt() != null) {
                restart(before, now);
            }
            before = now.getAgentStartedAt() == null && before != null ? before : now;
        }
    }

    private void restart(NodeTransition before, NodeTransition now) {
        Instant started = now.getAgentStartedAt();
        Spell moment = new Spell(started, started);
        boolean news = started.isAfter(before.getAgentStartedAt()) && started.isAfter(start);
        if (!news || reported.covers(node, moment)) {
            return;
        }
        boolean rebooted = now.getRebooted()
                && now.getRecoveredAt() != null
                && now.getRecoveredAt().isAfter(before.getAgentStartedAt());
        boolean replaced = !Objects.equals(before.getAgentPodUid(), now.getAgentPodUid());
        String text = rebooted
                ? "the node restarted, and its agent with it"
                : replaced ? "its agent's pod was replaced" : "its agent restarted";
        told.add(item(node, Reason.AGENT_SELF, moment, 0, text));
    }

    private static String because(String error) {
        return error == null ? "" : " (" + error + ")";
    }

    private static Unreported item(String node, Reason reason, Spell spell, int count, String text) {
        return new Unreported(reason, node, node, spell.from(), spell.to(), count, text);
    }
}
