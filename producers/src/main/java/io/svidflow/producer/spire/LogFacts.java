package io.svidflow.producer.spire;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentSignal;
import io.svidflow.event.EventHeader;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.SvidFetchEvent;
import io.svidflow.event.SvidSignal;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import org.apache.avro.specific.SpecificRecord;

/** Turns what a line says into the record to publish. A line is seen when it is written. */
final class LogFacts {

    private final EventHeaders headers;

    LogFacts(EventHeaders headers) {
        this.headers = headers;
    }

    String cluster() {
        return headers.cluster();
    }

    Publication svid(AgentPlace place, SvidSignal signal, TimedLine line) {
        return svid(place, signal, signal, line);
    }

    /**
     * @param said what the line itself says. The fact is known by that: the same line read again, when the process that
     *     it names is gone, must be the same fact
     * @param signal the same and what else was found out
     */
    Publication svid(AgentPlace place, SvidSignal said, SvidSignal signal, TimedLine line) {
        String subject = first(said.getPodUid(), said.getEntryId(), String.valueOf(said.getPid()));
        EventHeader header = header(place.node(), subject, said, line);
        return publication(
                Topics.SVID_FETCH_EVENTS,
                place.key(),
                SvidFetchEvent.newBuilder().setHeader(header).setBody(signal).build(),
                header);
    }

    Publication agent(AgentPlace place, AgentSignal signal, TimedLine line) {
        EventHeader header = header(place.node(), first(signal.getAgentId(), place.key()), signal, line);
        return publication(
                Topics.AGENT_EVENTS,
                place.key(),
                AgentEvent.newBuilder().setHeader(header).setBody(signal).build(),
                header);
    }

    Publication server(ServerSignal signal, TimedLine line) {
        EventHeader header = header(null, first(signal.getSubject(), signal.getPod()), signal, line);
        return publication(
                Topics.SERVER_EVENTS,
                headers.cluster(),
                ServerEvent.newBuilder().setHeader(header).setBody(signal).build(),
                header);
    }

    private EventHeader header(String node, String subject, SpecificRecord signal, TimedLine line) {
        RawLine raw = line.raw();
        return headers.header(node, line.at(), line.at(), raw.number(), subject, signal.toString(), raw.origin());
    }

    private static Publication publication(Topic<?> topic, String key, SpecificRecord value, EventHeader header) {
        return new Publication(topic, key, value, header.getObservedTime(), Route.BY_KEY);
    }

    private static String first(String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("every fact has a subject");
    }
}
