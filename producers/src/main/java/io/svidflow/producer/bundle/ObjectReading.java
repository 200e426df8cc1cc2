package io.svidflow.producer.bundle;

import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.kubernetes.KubernetesFacts;
import io.svidflow.producer.kubernetes.RegistrationRules;
import io.svidflow.producer.spire.AgentStatusMapper;
import io.svidflow.producer.spire.NodeDirectory;
import io.svidflow.producer.spire.RoutedAgents;
import io.svidflow.producer.spire.RoutedEntries;
import io.svidflow.producer.spire.SpireJson;
import io.svidflow.producer.spire.api.Agent;
import io.svidflow.producer.spire.api.Entry;
import io.svidflow.producer.spire.api.GetInfoResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives observed objects, in the order of their observation, to the mapper of each. */
final class ObjectReading {

    private final Intake intake;
    private final Map<String, Observer> observers = new HashMap<>();
    private final String cluster;
    private final KubernetesFacts kubernetes;
    private final RoutedAgents agents;
    private final RoutedEntries entries;

    ObjectReading(String cluster, NodeDirectory directory, RegistrationRules rules, Intake intake) {
        this.cluster = cluster;
        this.intake = intake;
        EventHeaders spire = observer(Source.of(SourceKind.SPIRE_SERVER)).headers();
        this.kubernetes =
                new KubernetesFacts(observer(Source.of(SourceKind.KUBERNETES)).headers(), rules);
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
            case NAMESPACES, RULES, NODES, PODS, EVENTS ->
                kubernetes.of(line.file().objects().orElseThrow(), line.observation(line.object(), sequence));
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
