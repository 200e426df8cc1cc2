package io.svidflow.producer.capture;

import io.svidflow.event.AgentListed;
import io.svidflow.event.AuthorityObserved;
import io.svidflow.event.AuthorityUse;
import io.svidflow.event.Captured;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.EventHeader;
import io.svidflow.event.NodeObserved;
import io.svidflow.event.PodObserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The objects that exist when a capture begins, as they were last seen before. */
final class StandingObjects {

    private static final Comparator<EventHeader> ORDER = Comparator.comparing(EventHeader::getObservedTime)
            .thenComparing(EventHeader::getSource)
            .thenComparing(EventHeader::getSequence);

    private final Map<String, Known> known = new LinkedHashMap<>();

    void learn(String key, EventHeader header, SpecificRecord value) {
        Subject subject = subject(value.get(1));
        if (subject != null) {
            known.merge(
                    subject.name(),
                    new Known(key, header, value, subject.gone()),
                    (before, now) -> ORDER.compare(now.header(), before.header()) < 0 ? before : now);
        }
    }

    /** @param start when the capture begins: nobody who reads it was told before */
    List<Captured> at(Instant start) {
        List<Known> objects = new ArrayList<>(known.values());
        objects.removeIf(Known::gone);
        objects.sort(Comparator.comparing(Known::header, ORDER));
        return objects.stream()
                .map(object -> new Captured(start, object.key(), object.value()))
                .toList();
    }

    private static Subject subject(Object body) {
        if (body instanceof NodeObserved node) {
            return new Subject("node " + node.getName(), node.getDeleted());
        }
        if (body instanceof PodObserved pod) {
            return new Subject("pod " + pod.getUid(), pod.getDeleted());
        }
        if (body instanceof EntryObserved entry) {
            return new Subject("entry " + entry.getEntryId(), entry.getDeleted());
        }
        if (body instanceof AuthorityObserved authority) {
            return new Subject(
                    "authority " + authority.getKind() + " " + authority.getAuthorityId(),
                    authority.getUse() == AuthorityUse.GONE);
        }
        return body instanceof AgentListed agent
                ? new Subject("agent " + agent.getAgentId(), agent.getDeleted())
                : null;
    }

    private record Subject(String name, boolean gone) {}

    private record Known(String key, EventHeader header, SpecificRecord value, boolean gone) {}
}
