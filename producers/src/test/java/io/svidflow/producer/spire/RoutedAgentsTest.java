package io.svidflow.producer.spire;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentListed;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.producer.spire.api.Agent;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutedAgentsTest {

    private static final String NAME = "{\"type\": \"k8s_psat\", \"value\": \"agent_node_name:node-1\"}";
    private static final String UID = "{\"type\": \"k8s_psat\", \"value\": \"agent_node_uid:node-uid-1\"}";
    private static final String POD = "{\"type\": \"k8s_psat\", \"value\": \"agent_pod_uid:pod-1\"}";

    private final RoutedAgents agents = new RoutedAgents(new EventHeaders("lab", "spire-server"), new NodeDirectory());

    @Test
    void shouldSendAnAgentToTheNodeThatItProvedToBeOn() {
        Publication publication = listed(agent(NAME, UID, POD), Change.ADDED).orElseThrow();

        AgentListed agent = (AgentListed) ((AgentEvent) publication.value()).getBody();
        assertThat(publication.key()).isEqualTo("lab/node-1");
        assertThat(agent.getNodeUid()).isEqualTo("node-uid-1");
        assertThat(agent.getPodUid()).isEqualTo("pod-1");
        assertThat(agent.getExpiresAt()).isEqualTo(Instant.ofEpochSecond(1_795_416_021));
    }

    @Test
    void shouldNotTakeAnotherOrderOfSelectorsForNews() {
        listed(agent(NAME, UID, POD), Change.ADDED);

        assertThat(listed(agent(POD, NAME, UID), Change.MODIFIED)).isEmpty();
    }

    @Test
    void shouldReportABanAndAnEviction() {
        listed(agent(NAME), Change.ADDED);

        assertThat(listed(agent(NAME).toBuilder().setBanned(true).build(), Change.MODIFIED))
                .isPresent();
        assertThat(listed(agent(NAME), Change.DELETED)).isPresent();
    }

    @Test
    void shouldSendAnAgentThatNobodyCanPlaceToEveryPartition() {
        Publication publication = listed(agent(), Change.ADDED).orElseThrow();

        assertThat(publication.route()).isEqualTo(Route.EVERY_PARTITION);
        assertThat(publication.key()).isEqualTo("lab");
    }

    private Optional<Publication> listed(Agent agent, Change change) {
        Origin origin =
                Origin.newBuilder().setKind(OriginKind.API).setLocation("test").build();
        return agents.agent(new Observation<>(Instant.EPOCH, change, agent, 0, origin));
    }

    private static Agent agent(String... selectors) {
        return SpireJson.read("""
                {"id": {"trustDomain": "lab.example", "path": "/spire/agent/k8s_psat/lab/node-uid-1"},
                 "x509svidSerialNumber": "53", "x509svidExpiresAt": "1795416021", "selectors": [%s],
                 "canReattest": true}""".formatted(String.join(",", selectors)), Agent.newBuilder())
                .build();
    }
}
