package io.svidflow.producer.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {

    private static final Instant AT = Instant.parse("2025-02-06T00:21:00Z");
    private static final Source KUBERNETES = Source.of(SourceKind.KUBERNETES);
    private static final Source SERVER_LOG = new Source(SourceKind.SERVER_LOG, "spire-server-0");
    private static final Source AGENT_LOG = new Source(SourceKind.AGENT_LOG, "node-1");
    private static final Source AGENT_DEBUG = new Source(SourceKind.AGENT_DEBUG, "node-1");
    private static final Roster ROSTER = Roster.of(
            List.of(KUBERNETES, SERVER_LOG, AGENT_LOG, AGENT_DEBUG, new Source(SourceKind.AGENT_LOG, "node-2")));

    @Test
    void shouldPromiseInEveryTopicAndPartitionThatAClusterWideSourceWritesTo() {
        List<Publication> beats = new Heartbeats("lab", ROSTER, KUBERNETES).at(AT, AT);

        assertThat(beats)
                .extracting(beat -> beat.topic().name())
                .containsExactly("svidflow.node-events", "svidflow.pod-events", "svidflow.server-events");
        assertThat(beats).allSatisfy(beat -> {
            assertThat(beat.route()).isEqualTo(Route.EVERY_PARTITION);
            assertThat(beat.key()).isEqualTo("lab");
            assertThat(header(beat).getNode()).isNull();
        });
    }

    @Test
    void shouldPromiseUnderTheKeyOfTheNodeThatASourceBelongsTo() {
        assertThat(new Heartbeats("lab", ROSTER, AGENT_LOG).at(AT, AT)).allSatisfy(beat -> {
            assertThat(beat.route()).isEqualTo(Route.BY_KEY);
            assertThat(beat.key()).isEqualTo("lab/node-1");
            assertThat(header(beat).getNode()).isEqualTo("node-1");
        });
    }

    @Test
    void shouldNameAllStreamsThatAReaderOfTheKeyWaitsFor() {
        assertThat(expected(KUBERNETES, 1))
                .containsExactly(
                        "kubernetes@svidflow.node-events",
                        "kubernetes@svidflow.pod-events",
                        "server-log/spire-server-0@svidflow.agent-events",
                        "server-log/spire-server-0@svidflow.svid-fetch-events");
        assertThat(expected(KUBERNETES, 2))
                .containsExactly(
                        "kubernetes@svidflow.server-events", "server-log/spire-server-0@svidflow.server-events");
        assertThat(expected(AGENT_DEBUG, 0))
                .containsExactly(
                        "agent-debug/node-1@svidflow.agent-events",
                        "agent-log/node-1@svidflow.agent-events",
                        "agent-log/node-1@svidflow.svid-fetch-events");
    }

    @Test
    void shouldGiveTheSamePromiseTheSameId() {
        Publication once = new Heartbeats("lab", ROSTER, KUBERNETES).at(AT, AT).get(0);
        Publication again = new Heartbeats("lab", ROSTER, KUBERNETES).at(AT, AT).get(0);
        Publication later = new Heartbeats("lab", ROSTER, KUBERNETES)
                .at(AT.plusSeconds(1), AT)
                .get(0);

        assertThat(header(again).getId()).isEqualTo(header(once).getId());
        assertThat(header(later).getId()).isNotEqualTo(header(once).getId());
    }

    private static List<String> expected(Source source, int topic) {
        Publication beat = new Heartbeats("lab", ROSTER, source).at(AT, AT).get(topic);
        return ((Heartbeat) beat.value().get(1)).getExpected();
    }

    private static EventHeader header(Publication beat) {
        return (EventHeader) beat.value().get(0);
    }
}
