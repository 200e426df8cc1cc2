package io.svidflow.unreported;

import static io.svidflow.scene.Scene.at;

import io.svidflow.event.Clocks;
import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Incident;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.PodTransition;
import io.svidflow.event.ProofGrade;
import io.svidflow.scene.Scene;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** What stage 1 told of a small cluster, second by second, and what was reported of it. */
final class Told {

    private final List<PodIdentityEvent> conclusions = new ArrayList<>();
    private final List<SpecificRecord> facts = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();

    /** A pod of the node whose container started at the given second. */
    Told pod(double second, String name, IdentityState state, double started, Consumer<PodTransition.Builder> more) {
        PodTransition.Builder pod = PodTransition.newBuilder()
                .setPodUid("uid-" + name)
                .setNamespace("shop")
                .setPod(name)
                .setNode(Scene.NODE)
                .setState(state)
                .setSince(at(started))
                .setExpectedBy("rule")
                .setProven(List.of())
                .setProof(state == IdentityState.HEALTHY ? ProofGrade.ISSUED : null)
                .setFirstMissing(state == IdentityState.STUCK ? Link.ENTRY_PRESENT : null)
                .setClocks(new Clocks(at(started), null, null, null))
                .setEvidence(List.of());
        more.accept(pod);
        return conclude(second, pod.build());
    }

    Told pod(double second, String name, IdentityState state, double started) {
        return pod(second, name, state, started, pod -> {});
    }

    Told node(double second, Consumer<NodeTransition.Builder> more) {
        NodeTransition.Builder node = NodeTransition.newBuilder()
                .setNode(Scene.NODE)
                .setRebooted(false)
                .setBanned(false)
                .setSyncAttempts(0)
                .setAgentPodUid("agent")
                .setAgentStartedAt(at(-600))
                .setEvidence(List.of());
        more.accept(node);
        return conclude(second, node.build());
    }

    private Told conclude(double second, SpecificRecord body) {
        conclusions.add(PodIdentityEvent.newBuilder()
                .setId("c" + conclusions.size())
                .setAt(at(second))
                .setCluster(Scene.CLUSTER)
                .setPartition(0)
                .setSequence(conclusions.size())
                .setBody(body)
                .build());
        return this;
    }

    Told fact(double second, SpecificRecord body) {
        facts.add(Scene.fact(second, body));
        return this;
    }

    Told reported(Finding finding) {
        findings.add(finding);
        return this;
    }

    Told reported(Incident incident) {
        incidents.add(incident);
        return this;
    }

    Explanation explained() {
        return Explanation.of(Scene.START, conclusions, facts, findings, incidents);
    }

    /** The same, whatever the order in which it was told. */
    Explanation explainedBackwards() {
        List<PodIdentityEvent> backwards = new ArrayList<>(conclusions);
        java.util.Collections.reverse(backwards);
        java.util.Collections.reverse(facts);
        return Explanation.of(Scene.START, backwards, facts, findings, incidents);
    }

    static Clocks clocks(double started, Double entry, Double ask) {
        return new Clocks(at(started), moment(entry), null, moment(ask));
    }

    private static Instant moment(Double second) {
        return second == null ? null : at(second);
    }
}
