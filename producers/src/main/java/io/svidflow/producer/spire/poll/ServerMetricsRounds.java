package io.svidflow.producer.spire.poll;

import io.svidflow.event.EventHeader;
import io.svidflow.event.Origin;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerMetrics;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells every 15 s what the metrics of SPIRE servers count. They are an observation and no evidence: they name a status where
 * logs have the error. Not thread-safe.
 */
final class ServerMetricsRounds {

    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final int MOST_ODD = 100;

    private final List<Server> servers;
    private final Voice voice;
    private final FailedObservations failures;
    private final Set<String> odd = new TreeSet<>();
    private Instant due = Instant.MIN;

    private record Server(MetricsEndpoint endpoint, ServerCounts counts) {}

    private record Asked(Server server, HttpLook.Pending answer) {}

    ServerMetricsRounds(List<MetricsEndpoint> endpoints, Voice voice) {
        this.servers = endpoints.stream()
                .map(endpoint ->
                        new Server(endpoint, new ServerCounts(endpoint.url().toString())))
                .toList();
        this.voice = voice;
        this.failures = new FailedObservations(voice.outlet().headers());
    }

    /** Asks all of them at once if it is time, so that those that do not answer cost the time of one. */
    void once() throws InterruptedException {
        Instant now = voice.next();
        if (now.isBefore(due)) {
            return;
        }
        due = now.plus(EVERY);
        List<Asked> asked = new ArrayList<>();
        for (Server server : servers) {
            asked.add(new Asked(server, server.endpoint().ask()));
        }
        for (Asked one : asked) {
            tell(one, now);
            voice.keepPromising();
        }
    }

    private void tell(Asked asked, Instant at) throws InterruptedException {
        MetricsEndpoint endpoint = asked.server().endpoint();
        Origin origin = Voice.originAt(endpoint.url().toString());
        try {
            MetricsText text = endpoint.read(asked.answer());
            voice.say(List.of(fact(asked.server().counts().look(text, at), origin)));
            keep(text.odd(), origin);
        } catch (CallFailedException e) {
            voice.say(List.of(failures.ofCluster(
                    voice.next(), e.operation(), e.getMessage(), voice.outlet().nextSequence(), origin)));
        }
    }

    private Publication fact(ServerMetrics metrics, Origin origin) {
        EventHeaders headers = voice.outlet().headers();
        Instant at = voice.next();
        EventHeader header = headers.header(
                null, at, at, voice.outlet().nextSequence(), metrics.getEndpoint(), metrics.toString(), origin);
        return new Publication(
                Topics.SERVER_EVENTS, headers.cluster(), new ServerEvent(header, metrics), at, Route.BY_KEY);
    }

    /** Once each: it will be there again in the next answer. */
    private void keep(Map<String, String> pieces, Origin origin) throws InterruptedException {
        for (Map.Entry<String, String> piece : pieces.entrySet()) {
            if (odd.size() < MOST_ODD && odd.add(piece.getKey())) {
                voice.outlet().deadLetter(origin, piece.getKey(), piece.getValue());
            }
        }
    }
}
