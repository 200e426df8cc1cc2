package io.svidflow.topology;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.EntryEvent;
import io.svidflow.event.EventHeader;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.PodEvent;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.SvidFetchEvent;
import org.apache.avro.specific.SpecificRecord;

/** Header and body of a fact, whatever its topic. */
record Facts(EventHeader header, Object body) {

    /** @throws IllegalArgumentException if the record is not a fact */
    static Facts of(SpecificRecord event) {
        if (event instanceof SvidFetchEvent fetch) {
            return new Facts(fetch.getHeader(), fetch.getBody());
        }
        if (event instanceof AgentEvent agent) {
            return new Facts(agent.getHeader(), agent.getBody());
        }
        if (event instanceof PodEvent pod) {
            return new Facts(pod.getHeader(), pod.getBody());
        }
        if (event instanceof EntryEvent entry) {
            return new Facts(entry.getHeader(), entry.getBody());
        }
        if (event instanceof NodeEvent node) {
            return new Facts(node.getHeader(), node.getBody());
        }
        if (event instanceof ServerEvent server) {
            return new Facts(server.getHeader(), server.getBody());
        }
        throw new IllegalArgumentException("not a fact: " + event.getClass().getName());
    }
}
