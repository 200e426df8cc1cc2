package io.svidflow.producer.spire.poll;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Origin;
import io.svidflow.event.Reporter;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Tells when an agent's own opinion of its health changes, as its log does. That it is healthy from the start is no news.
 * Not thread-safe.
 */
final class AgentHealthFacts {

    private static final String OPERATION = "AgentHealth";

    private final AgentHealth health;
    private final String node;
    private final Voice voice;
    private final FailedObservations failures;
    private boolean healthy = true;

    AgentHealthFacts(AgentHealth health, String node, Voice voice, FailedObservations failures) {
        this.health = health;
        this.node = node;
        this.voice = voice;
        this.failures = failures;
    }

    void ask() throws InterruptedException {
        Origin origin = Voice.originAt(health.base().toString());
        try {
            String complaint = health.complaint().orElse(null);
            if (healthy != (complaint == null)) {
                healthy = complaint == null;
                voice.say(List.of(signal(complaint, origin)));
            }
        } catch (IOException e) {
            voice.say(List.of(failures.ofNode(
                    voice.next(),
                    node,
                    OPERATION,
                    e.getMessage(),
                    voice.outlet().nextSequence(),
                    origin)));
        }
    }

    private Publication signal(String complaint, Origin origin) {
        EventHeaders headers = voice.outlet().headers();
        AgentSignal signal = AgentSignal.newBuilder()
                .setKind(complaint == null ? AgentSignalKind.HEALTHY : AgentSignalKind.UNHEALTHY)
                .setReporter(Reporter.AGENT)
                .setError(complaint)
                .build();
        Instant at = voice.next();
        EventHeader header =
                headers.header(node, at, at, voice.outlet().nextSequence(), node, signal.toString(), origin);
        return new Publication(
                Topics.AGENT_EVENTS,
                Topics.nodeKey(headers.cluster(), node),
                new AgentEvent(header, signal),
                at,
                Route.BY_KEY);
    }
}
