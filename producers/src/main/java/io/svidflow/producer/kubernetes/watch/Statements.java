package io.svidflow.producer.kubernetes.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.Publication;
import io.svidflow.producer.kubernetes.KubernetesFacts;
import io.svidflow.producer.kubernetes.KubernetesKind;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.spire.NodeDirectory;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes statements of what was observed: times them, maps them to facts and hands those over, in order. */
final class Statements {

    /** Facts that are handed over at once. */
    private static final int BATCH = 256;

    private static final Origin RULES = Origin.newBuilder()
            .setKind(OriginKind.API)
            .setLocation(KubernetesKind.RULES.plural())
            .build();

    private final Outlet outlet;
    private final Clock clock;
    private final KubernetesFacts facts;
    private final NodeDirectory directory;
    private final RawObserver observer;
    private final FailedObservations failures;
    private final Supplier<Instant> promised;
    private final List<Publication> unsaid = new ArrayList<>();
    private Instant last = Instant.MIN;

    /** @param promised until when everything is promised to have been said: nothing may be observed earlier; null: never */
    Statements(
            Outlet outlet,
            Clock clock,
            KubernetesFacts facts,
            NodeDirectory directory,
            RawObserver observer,
            Supplier<Instant> promised) {
        this.outlet = outlet;
        this.clock = clock;
        this.facts = facts;
        this.directory = directory;
        this.observer = observer;
        this.failures = new FailedObservations(outlet.headers());
        this.promised = promised;
    }

    /** An object was observed. */
    void observed(KubernetesKind kind, Change change, ObjectNode object) throws InterruptedException {
        Observation<ObjectNode> observation = observation(kind, change, object);
        observer.observed(kind, observation.at(), change, object);
        say(map(kind, observation));
    }

    /** An object is as an earlier process said it was. */
    void remembered(KubernetesKind kind, ObjectNode object) throws InterruptedException {
        map(kind, observation(kind, Change.ADDED, object));
    }

    /**
     * Rules can be read, and these are all there are.
     *
     * @param silently an earlier process said so
     */
    void rulesKnown(List<ObjectNode> rules, boolean silently) throws InterruptedException {
        List<Observation<ObjectNode>> readable = new ArrayList<>();
        for (ObjectNode rule : rules) {
            Observation<ObjectNode> observation = observation(KubernetesKind.RULES, Change.ADDED, rule);
            if (!silently) {
                observer.observed(KubernetesKind.RULES, observation.at(), Change.ADDED, rule);
            }
            Optional<String> problem = KubernetesFacts.problemOfRule(rule);
            if (problem.isEmpty()) {
                readable.add(observation);
            } else {
                keep(observation, "cannot be understood: " + problem.get());
            }
        }
        List<Publication> known = facts.rulesKnown(readable, now(), outlet.nextSequence(), RULES);
        if (!silently) {
            say(known);
        }
    }

    /** The rules cannot be read any more. */
    void rulesUnknown() throws InterruptedException {
        say(facts.rulesUnknown(now(), outlet.nextSequence(), RULES));
    }

    /**
     * Every object of a kind that is there has been said.
     *
     * @param since start of the listing
     */
    void listed(KubernetesKind kind, Instant since) throws InterruptedException {
        Origin origin = Origin.newBuilder()
                .setKind(OriginKind.API)
                .setLocation(kind.plural())
                .build();
        say(List.of(facts.listed(kind, since, now(), outlet.nextSequence(), origin)));
    }

    /** The objects of a lane cannot be observed. */
    void failed(Lane lane, String error) throws InterruptedException {
        Instant at = now();
        observer.failed(lane.kind(), at, error);
        Origin origin = Origin.newBuilder()
                .setKind(OriginKind.API)
                .setLocation(lane.name())
                .build();
        say(List.of(failures.ofCluster(at, lane.kind().operation(), error, outlet.nextSequence(), origin)));
    }

    /** Hands over what has not been. */
    void flush() throws InterruptedException {
        if (!unsaid.isEmpty()) {
            outlet.publish(List.copyOf(unsaid));
            unsaid.clear();
        }
    }

    private void say(List<Publication> publications) throws InterruptedException {
        unsaid.addAll(publications);
        if (unsaid.size() >= BATCH) {
            flush();
        }
    }

    private List<Publication> map(KubernetesKind kind, Observation<ObjectNode> observation)
            throws InterruptedException {
        ObjectNode object = observation.object();
        try {
            learn(kind, object, observation.deleted());
            return facts.of(kind, observation);
        } catch (RuntimeException e) {
            // whatever is odd about an object must not cost the others
            keep(observation, "cannot be understood: " + e.getMessage());
            return List.of();
        }
    }

    private void keep(Observation<ObjectNode> observation, String reason) throws InterruptedException {
        outlet.deadLetter(observation.origin(), observation.object().toString(), reason);
    }

    private void learn(KubernetesKind kind, ObjectNode object, boolean deleted) {
        String uid = object.at("/metadata/uid").asText("");
        if (kind == KubernetesKind.NODES && !uid.isEmpty()) {
            String name = object.at("/metadata/name").asText();
            if (deleted) {
                directory.nodeGone(name);
            } else {
                directory.node(uid, name);
            }
        } else if (kind == KubernetesKind.PODS && !uid.isEmpty()) {
            String node = object.at("/spec/nodeName").asText("");
            if (deleted) {
                directory.podGone(uid);
            } else if (!node.isEmpty()) {
                directory.pod(uid, node);
            }
        }
    }

    private Observation<ObjectNode> observation(KubernetesKind kind, Change change, ObjectNode object) {
        String namespace = object.at("/metadata/namespace").asText("");
        Origin origin = Origin.newBuilder()
                .setKind(OriginKind.API)
                .setLocation(kind.plural() + "/" + (namespace.isEmpty() ? "" : namespace + "/")
                        + object.at("/metadata/name").asText(""))
                .setResourceVersion(object.at("/metadata/resourceVersion").asText(null))
                .build();
        return new Observation<>(now(), change, object, outlet.nextSequence(), origin);
    }

    /** Never before the last observation, and after all that is promised to be complete. */
    private Instant now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant complete = promised.get();
        if (complete != null && !now.isAfter(complete)) {
            now = complete.plus(1, ChronoUnit.MICROS).truncatedTo(ChronoUnit.MICROS);
        }
        last = now.isBefore(last) ? last : now;
        return last;
    }
}
