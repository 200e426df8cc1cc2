package io.svidflow.producer.spire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.Publication;
import io.svidflow.producer.spire.api.GetInfoResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AgentStatusMapperTest {

    private final AgentStatusMapper mapper =
            new AgentStatusMapper(new EventHeaders("lab", "agent-debug/node-1"), "node-1");

    @Test
    void shouldSayWhenTheAgentLastSynchronised() {
        Publication publication = map("""
                {"svidChain": [{"id": {"trustDomain": "lab.example", "path": "/spire/agent/x"},
                 "expiresAt": "1795416021"}], "uptime": 100, "svidsCount": 2, "lastSyncSuccess": "1795412480",
                 "cachedX509SvidsCount": 2}""");

        assertThat(publication.key()).isEqualTo("lab/node-1");
        assertThat(((AgentEvent) publication.value()).getBody())
                .isEqualTo(new AgentStatus(
                        "spiffe://lab.example/spire/agent/x",
                        Instant.ofEpochSecond(1_795_412_480),
                        100L,
                        2,
                        Instant.ofEpochSecond(1_795_416_021)));
    }

    @Test
    void shouldLeaveOutWhatAnAgentWithoutIdentityCannotSay() {
        assertThat(((AgentEvent) map("{\"uptime\": 3}").value()).getBody())
                .isEqualTo(new AgentStatus(null, null, 3L, 0, null));
    }

    @Test
    void shouldCountSvidsAsOlderAgentsDo() {
        AgentStatus status =
                (AgentStatus) ((AgentEvent) map("{\"svidsCount\": 7}").value()).getBody();

        assertThat(status.getCachedSvids()).isEqualTo(7);
    }

    @Test
    void shouldNameTheMessageThatAnObjectIsNot() {
        assertThatThrownBy(() -> map("{\"uptime\": \"long\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spire.agent.debug.v1.GetInfoResponse");
    }

    private Publication map(String json) {
        Origin origin =
                Origin.newBuilder().setKind(OriginKind.API).setLocation("test").build();
        GetInfoResponse info =
                SpireJson.read(json, GetInfoResponse.newBuilder()).build();
        return mapper.map(new Observation<>(Instant.EPOCH, Change.ADDED, info, 0, origin));
    }
}
