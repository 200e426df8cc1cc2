package io.svidflow.producer.spire;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.EventHeader;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.producer.spire.api.GetInfoResponse;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.util.Optional;

/** Turns what an agent's debug API says into facts: above all, when it last synchronised. */
public final class AgentStatusMapper {

    private final EventHeaders headers;
    private final String node;

    /**
     * @param headers headers of the source {@code agent-debug/NODE}
     * @param node name of the node whose agent answers
     */
    public AgentStatusMapper(EventHeaders headers, String node) {
        this.headers = headers;
        this.node = node;
    }

    /** SPIFFE ID of the agent that answered, empty while it has no SVID. */
    public static Optional<String> agentId(GetInfoResponse info) {
        return info.getSvidChainCount() == 0
                ? Optional.empty()
                : ApiValues.spiffeId(info.getSvidChain(0).getId());
    }

    /** Maps one answer. */
    public Publication map(Observation<GetInfoResponse> observation) {
        return told(new Observation<>(
                observation.at(),
                observation.change(),
                status(observation.object()),
                observation.sequence(),
                observation.origin()));
    }

    /** The fact of what an agent said, by whatever way. */
    public Publication told(Observation<AgentStatus> observation) {
        AgentStatus body = observation.object();
        EventHeader header = headers.header(
                node,
                observation.at(),
                observation.at(),
                observation.sequence(),
                node,
                body.toString(),
                observation.origin());
        return new Publication(
                Topics.AGENT_EVENTS,
                Topics.nodeKey(headers.cluster(), node),
                new AgentEvent(header, body),
                observation.at(),
                Route.BY_KEY);
    }

    /** What an answer says. */
    public static AgentStatus status(GetInfoResponse info) {
        Instant expiry = info.getSvidChainCount() == 0
                ? null
                : ApiValues.time(info.getSvidChain(0).getExpiresAt());
        return AgentStatus.newBuilder()
                .setAgentId(agentId(info).orElse(null))
                .setLastSyncSuccess(ApiValues.time(info.getLastSyncSuccess()))
                .setUptimeSeconds(info.getUptime())
                // agents before 1.10.2 only know the older field, later ones write the same number into both
                .setCachedSvids(Math.max(info.getCachedX509SvidsCount(), info.getSvidsCount()))
                .setSvidExpiresAt(expiry)
                .build();
    }
}
