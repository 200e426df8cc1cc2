package io.svidflow.producer.spire;

import io.svidflow.event.EntryEvent;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.EventHeader;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.Publication;
import io.svidflow.producer.spire.api.Entry;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes registration entries to the node they serve. It remembers where each entry went: when an entry moves, its
 * old place is told that it is gone. Not thread-safe: a source observes in order.
 */
public final class RoutedEntries {

    private final EventHeaders headers;
    private final NodeDirectory directory;
    private final Map<String, Placed> placed = new HashMap<>();

    /**
     * @param headers headers of the SPIRE server source
     * @param directory says where agents and pods are
     */
    public RoutedEntries(EventHeaders headers, NodeDirectory directory) {
        this.headers = headers;
        this.directory = directory;
    }

    /**
     * An entry was observed. An entry seen for the first time happened when it was created, if that is not later than
     * the observation: {@code created_at} is rounded. A change or removal happened when it was seen.
     *
     * @return the fact, after the removal from the entry's old place if it moved; none if nothing changed
     * @throws IllegalArgumentException if the entry has no id, SPIFFE ID or parent
     */
    public List<Publication> entry(Observation<Entry> observation) {
        EntryObserved body = EntryMapper.map(observation.object(), observation.deleted());
        EntryRoute route = EntryRoute.of(body, headers.cluster(), directory);
        Placed before = placed.get(body.getEntryId());
        if (before != null && before.body().equals(body) && before.route().equals(route)) {
            return List.of();
        }
        List<Publication> publications = new ArrayList<>();
        if (before != null && !before.route().equals(route)) {
            publications.add(publish(observation, gone(before.body()), before.route(), observation.at()));
        }
        publications.add(publish(observation, body, route, happened(observation, body, before)));
        if (observation.deleted()) {
            placed.remove(body.getEntryId());
        } else {
            placed.put(body.getEntryId(), new Placed(body, route));
        }
        return publications;
    }

    private static Instant happened(Observation<Entry> observation, EntryObserved body, Placed before) {
        Instant created = body.getCreatedAt();
        boolean first = before == null && observation.change() == Change.ADDED;
        return first && created != null && created.isBefore(observation.at()) ? created : observation.at();
    }

    private Publication publish(Observation<Entry> observation, EntryObserved body, EntryRoute route, Instant at) {
        EventHeader header = headers.header(
                route.node(),
                at,
                observation.at(),
                observation.sequence(),
                body.getEntryId(),
                body.toString(),
                observation.origin());
        return new Publication(
                Topics.ENTRY_EVENTS, route.key(), new EntryEvent(header, body), observation.at(), route.route());
    }

    private static EntryObserved gone(EntryObserved body) {
        return EntryObserved.newBuilder(body).setDeleted(true).build();
    }

    private record Placed(EntryObserved body, EntryRoute route) {}
}
