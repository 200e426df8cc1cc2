package io.svidflow.producer;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Origin;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.Publication.Route;
import io.svidflow.producer.coverage.Source;
import io.svidflow.topic.Topics;
import java.time.Instant;

/**
 * Publishes polls and watches that failed. What could not be observed, since when and why is a fact like any other: a
 * listing that fails during a datastore outage is evidence of it.
 */
public final class FailedObservations {

    /** Operation that a gap is published under. */
    public static final String GAP = "observe";

    private final EventHeaders headers;

    /** @param headers headers of the source that failed to observe */
    public FailedObservations(EventHeaders headers) {
        this.headers = headers;
    }

    /**
     * Something that a source observes failed: of its node where the source belongs to one, else of the cluster.
     *
     * @param at when
     * @param source who failed to observe
     * @param operation what was tried
     * @param error the error as reported
     */
    public Publication of(Instant at, Source source, String operation, String error, long sequence, Origin origin) {
        return source.kind().clusterWide()
                ? ofCluster(at, operation, error, sequence, origin)
                : ofNode(at, source.member(), operation, error, sequence, origin);
    }

    /**
     * A call to the SPIRE server or to Kubernetes failed.
     *
     * @param at when
     * @param operation what was tried, e.g. {@code ListEntries}
     * @param error the error as reported
     */
    public Publication ofCluster(Instant at, String operation, String error, long sequence, Origin origin) {
        ServerEvent event = ServerEvent.newBuilder()
                .setHeader(headers.header(null, at, at, sequence, operation, error, origin))
                .setBody(new SourceFailure(operation, error))
                .build();
        return new Publication(Topics.SERVER_EVENTS, headers.cluster(), event, at, Route.BY_KEY);
    }

    /**
     * A call to something on a node failed.
     *
     * @param at when
     * @param node name of the node
     * @param operation what was tried, e.g. {@code GetInfo}
     * @param error the error as reported
     */
    public Publication ofNode(Instant at, String node, String operation, String error, long sequence, Origin origin) {
        EventHeader header = headers.header(node, at, at, sequence, operation, error, origin);
        AgentEvent event = AgentEvent.newBuilder()
                .setHeader(header)
                .setBody(new SourceFailure(operation, error))
                .build();
        return new Publication(Topics.AGENT_EVENTS, Topics.nodeKey(headers.cluster(), node), event, at, Route.BY_KEY);
    }
}
