package io.svidflow.producer.spire;

import io.svidflow.event.EntryEvent;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Origin;
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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Publishes registration entries to the node they serve. It remembers where each entry went: when an entry moves, its
 * old place is told that it is gone. The entry by which the registrar tries out the server's features is nobody's, and is
 * left out. Not thread-safe: a source observes in order.
 */
public final class RoutedEntries {

    private final EventHeaders headers;
    private final NodeDirectory directory;
    private final Map<String, Placed> placed = new HashMap<>();
    private final Map<String, Told> earlier = new HashMap<>();

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
        if (RegistrarProbe.isOne(body.getSpiffeId())) {
            return List.of();
        }
        EntryRoute route = EntryRoute.of(body, headers.cluster(), directory);
        Placed before = placed.get(body.getEntryId());
        if (before != null && before.body().equals(body) && before.route().equals(route)) {
            return List.of();
        }
        List<Publication> publications = new ArrayList<>();
        if (before != null && !before.route().equals(route)) {
            publications.add(publish(observation, gone(before.body()), before.route(), observation.at()));
        }
        Told told = earlier.remove(body.getEntryId());
        if (told != null && !Objects.equals(told.node(), route.node())) {
            publications.add(gone(told, observation.at(), observation.sequence(), observation.origin()));
        }
        publications.add(publish(observation, body, route, happened(observation, body, before)));
        if (observation.deleted()) {
            placed.remove(body.getEntryId());
        } else {
            placed.put(body.getEntryId(), new Placed(body, route));
        }
        return publications;
    }

    /** An earlier process told of this entry: where it is now, or that it is gone, has to be told by this one. */
    public void restore(Told entry) {
        earlier.put(entry.id(), entry);
    }

    /** Ids of the entries of which only an earlier process told. */
    public Set<String> untold() {
        return Set.copyOf(earlier.keySet());
    }

    /** What has been told of and is not gone, by this process or an earlier one. */
    public Stream<Told> told() {
        Stream<Told> here = placed.values().stream()
                .map(entry -> new Told(
                        entry.body().getEntryId(),
                        entry.route().node(),
                        entry.body().getSpiffeId(),
                        entry.body().getParentId()));
        return Stream.concat(here, earlier.values().stream());
    }

    /**
     * An entry of which only an earlier process told is not there any more.
     *
     * @param id one of {@link #untold()}
     */
    public Publication vanished(String id, Instant at, long sequence, Origin origin) {
        return gone(earlier.remove(id), at, sequence, origin);
    }

    private Publication gone(Told told, Instant at, long sequence, Origin origin) {
        EntryObserved body = EntryObserved.newBuilder()
                .setEntryId(told.id())
                .setSpiffeId(told.spiffeId())
                .setParentId(told.parentId())
                .setSelectors(List.of())
                .setRevision(0)
                .setDeleted(true)
                .build();
        return publish(body, EntryRoute.to(told.node(), headers.cluster()), at, at, sequence, origin);
    }

    private static Instant happened(Observation<Entry> observation, EntryObserved body, Placed before) {
        Instant created = body.getCreatedAt();
        boolean first = before == null && observation.change() == Change.ADDED;
        return first && created != null && created.isBefore(observation.at()) ? created : observation.at();
    }

    private Publication publish(Observation<Entry> observation, EntryObserved body, EntryRoute route, Instant at) {
        return publish(body, route, at, observation.at(), observation.sequence(), observation.origin());
    }

    private Publication publish(
            EntryObserved body, EntryRoute route, Instant at, Instant observedAt, long sequence, Origin origin) {
        EventHeader header =
                headers.header(route.node(), at, observedAt, sequence, body.getEntryId(), body.toString(), origin);
        return new Publication(
                Topics.ENTRY_EVENTS, route.key(), new EntryEvent(header, body), observedAt, route.route());
    }

    private static EntryObserved gone(EntryObserved body) {
        return EntryObserved.newBuilder(body).setDeleted(true).build();
    }

    private record Placed(EntryObserved body, EntryRoute route) {}
}
