package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.svidflow.event.EventHeader;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodWarning;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns the Kubernetes events that say why a pod does not start into facts. All others are left out, and so are old ones:
 * a first listing shows an hour of them.
 */
final class PodWarnings {

    private static final Set<String> REASONS = Set.of("FailedMount", "FailedAttachVolume", "FailedMapVolume");
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final int LONGEST = 1000;

    private final EventHeaders headers;

    /** @param headers headers of the Kubernetes source */
    PodWarnings(EventHeaders headers) {
        this.headers = headers;
    }

    /** Whether the event is one that becomes a fact: a warning about a pod, with a reason that matters. */
    static boolean matters(Observation<Event> observation) {
        Event event = observation.object();
        ObjectReference about = event.getInvolvedObject();
        return !observation.deleted()
                && about != null
                && "Pod".equals(about.getKind())
                && about.getUid() != null
                && event.getReason() != null
                && REASONS.contains(event.getReason())
                && !last(event, observation.at()).isBefore(observation.at().minus(FRESH));
    }

    /**
     * Maps an event that {@link #matters}.
     *
     * @param pod the pod as it was last seen; empty: never
     * @return empty if nobody can say on which node the pod is
     */
    Optional<Publication> map(Observation<Event> observation, Optional<KnownPod> pod) {
        Event event = observation.object();
        String node = pod.map(KnownPod::node)
                .or(() -> Optional.ofNullable(event.getSource()).map(source -> source.getHost()))
                .filter(name -> !name.isEmpty())
                .orElse(null);
        if (node == null) {
            return Optional.empty();
        }
        ObjectReference about = event.getInvolvedObject();
        String message = event.getMessage() == null ? "" : event.getMessage();
        PodWarning body = PodWarning.newBuilder()
                .setPodUid(about.getUid())
                .setNamespace(about.getNamespace() == null ? "" : about.getNamespace())
                .setName(about.getName() == null ? "" : about.getName())
                .setReason(event.getReason())
                .setMessage(message.length() > LONGEST ? message.substring(0, LONGEST) : message)
                .setSpiffeVolume(SpiffeVolumes.concerns(
                        message, pod.map(KnownPod::spiffeVolumes).orElse(Set.of())))
                .setFirstAt(Conditions.time(event.getFirstTimestamp()))
                .build();
        EventHeader header = headers.header(
                node,
                last(event, observation.at()),
                observation.at(),
                observation.sequence(),
                about.getUid(),
                body.toString(),
                observation.origin());
        return Optional.of(new Publication(
                Topics.POD_EVENTS,
                Topics.nodeKey(headers.cluster(), node),
                new PodEvent(header, body),
                observation.at(),
                Route.BY_KEY));
    }

    /** When it last happened; the two event APIs keep that in different fields. */
    private static Instant last(Event event, Instant observedAt) {
        return Stream.of(
                        event.getSeries() == null || event.getSeries().getLastObservedTime() == null
                                ? null
                                : event.getSeries().getLastObservedTime().getTime(),
                        event.getLastTimestamp(),
                        event.getEventTime() == null
                                ? null
                                : event.getEventTime().getTime(),
                        event.getFirstTimestamp())
                .filter(text -> text != null && !text.isEmpty())
                .findFirst()
                .map(Conditions::time)
                .filter(time -> time.isBefore(observedAt))
                .orElse(observedAt);
    }
}
