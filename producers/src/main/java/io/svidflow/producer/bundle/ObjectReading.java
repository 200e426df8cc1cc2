package io.svidflow.producer.bundle;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.kubernetes.NodeMapper;
import io.svidflow.producer.kubernetes.PodMapper;
import io.svidflow.producer.kubernetes.RegistrationRules;
import io.svidflow.producer.kubernetes.RuleStatus;
import io.svidflow.producer.kubernetes.SelectedPods;
import io.svidflow.producer.spire.AgentStatusMapper;
import io.svidflow.producer.spire.NodeDirectory;
import io.svidflow.producer.spire.RoutedAgents;
import io.svidflow.producer.spire.RoutedEntries;
import io.svidflow.producer.spire.SpireJson;
import io.svidflow.producer.spire.api.Agent;
import io.svidflow.producer.spire.api.Entry;
import io.svidflow.producer.spire.api.GetInfoResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives observed objects, in the order of their observation, to the mapper of each. */
final class ObjectReading {

    private final Intake intake;
    private final Map<String, Observer> observers = new HashMap<>();
    private final String cluster;
    private final NodeMapper nodes;
    private final SelectedPods pods;
    private final RuleStatus rules;
    private final RoutedAgents agents;
    private final RoutedEntries entries;

    ObjectReading(String cluster, NodeDirectory directory, RegistrationRules rules, Intake intake) {
        this.cluster = cluster;
        this.intake = intake;
        EventHeaders kubernetes = observer(Source.of(SourceKind.KUBERNETES)).headers();
        EventHeaders spire = observer(Source.of(SourceKind.SPIRE_SERVER)).headers();
        this.nodes = new NodeMapper(kubernetes);
        this.pods = new SelectedPods(new PodMapper(kubernetes), rules);
        this.rules = new RuleStatus(kubernetes);
        this.agents = new RoutedAgents(spire, directory);
        this.entries = new RoutedEntries(spire, directory);
    }

    /** Takes a line; lines come in order of observation. */
    void read(ObjectLine line) {
        Source source = new Source(line.file().kind(), line.node());
        Observer observer = observer(source);
        try {
            if (line.bookmark()) {
                intake.known(line.place(), "bookmark");
            } else {
                intake.line(source.name(), line.place(), line.text(), map(line, source, observer));
            }
        } catch (RuntimeException e) {
            // whatever is odd about an object must not cost the others
            intake.broken(source.name(), line.place(), line.text(), "cannot be understood: " + e.getMessage());
        }
    }

    private List<Publication> map(ObjectLine line, Source source, Observer observer) {
        long sequence = observer.next();
        if (line.failed()) {
            return List.of(failure(line, source, observer, sequence));
        }
        return switch (line.file()) {
            case NAMESPACES -> pods.namespace(line.observation(ObjectLines.object(line, Namespace.class), sequence));
            case RULES -> rule(line.observation(ObjectLines.object(line, GenericKubernetesResource.class), sequence));
            case NODES -> List.of(nodes.map(line.observation(ObjectLines.object(line, Node.class), sequence)));
            case PODS ->
                pods.pod(line.observation(ObjectLines.object(line, Pod.class), sequence)).stream()
                        .toList();
            case EVENTS ->
                pods.event(line.observation(ObjectLines.object(line, Event.class), sequence)).stream()
                        .toList();
            case AGENTS -> {
                Agent agent = SpireJson.read(line.object().toString(), Agent.newBuilder())
                        .build();
                yield agents.agent(line.observation(agent, sequence)).stream().toList();
            }
            case ENTRIES -> {
                Entry entry = SpireJson.read(line.object().toString(), Entry.newBuilder())
                        .build();
                yield entries.entry(line.observation(entry, sequence));
            }
            case AGENT_DEBUG -> {
                GetInfoResponse info = SpireJson.read(line.object().toString(), GetInfoResponse.newBuilder())
                        .build();
                yield List.of(
                        new AgentStatusMapper(observer.headers(), line.node()).map(line.observation(info, sequence)));
            }
        };
    }

    private List<Publication> rule(Observation<GenericKubernetesResource> observation) {
        List<Publication> publications = new ArrayList<>(pods.rule(observation));
        rules.rule(observation).ifPresent(publications::add);
        return publications;
    }

    private static Publication failure(ObjectLine line, Source source, Observer observer, long sequence) {
        return new FailedObservations(observer.headers())
                .of(
                        line.at(),
                        source,
                        line.file().operation(),
                        line.error(),
                        sequence,
                        line.place().origin());
    }

    private Observer observer(Source source) {
        return observers.computeIfAbsent(source.name(), name -> new Observer(new EventHeaders(cluster, name)));
    }

    /** A source, and how many observations it has made. */
    private static final class Observer {

        private final EventHeaders headers;
        private long observations;

        Observer(EventHeaders headers) {
            this.headers = headers;
        }

        EventHeaders headers() {
            return headers;
        }

        long next() {
            return observations++;
        }
    }
}
