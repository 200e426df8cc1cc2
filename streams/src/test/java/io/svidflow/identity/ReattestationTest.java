package io.svidflow.identity;

import static io.svidflow.scene.Bodies.agent;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.Link;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What an agent says of its own identity, where nobody reads the server's log. */
class ReattestationTest {

    private static final String NOT_ATTESTED =
            "failed to fetch authorized entries: rpc error: code = PermissionDenied desc = agent is not attested";

    private final WatchedNode node = WatchedNode.healthy();

    @Test
    void shouldFindTheAgentThatTheServerNoLongerKnows() {
        node.sees(0, pod("p", 0)).sees(5, needsToReattest(NOT_ATTESTED)).waits(140);

        assertThat(node.missing("p")).isEqualTo(Link.AGENT_ATTESTED);
        assertThat(node.nodes()).last().satisfies(last -> assertThat(last.getEvictedAt())
                .isEqualTo(at(5)));
    }

    @Test
    void shouldForgetItWhenTheAgentHasAttestedAgain() {
        node.sees(0, pod("p", 0))
                .sees(5, needsToReattest(NOT_ATTESTED))
                .sees(7, agent(AgentSignalKind.REATTESTED))
                .waits(140);

        assertThat(node.nodes()).last().satisfies(last -> assertThat(last.getEvictedAt())
                .isNull());
    }

    @Test
    void shouldTakeALaterSynchronisationForAnAttestationWhoseLineWasLost() {
        node.sees(0, pod("p", 0)).sees(5, needsToReattest(NOT_ATTESTED)).sees(30, synchronisedAt(at(28)));

        assertThat(node.nodes()).last().satisfies(last -> assertThat(last.getEvictedAt())
                .isNull());
    }

    @Test
    void shouldNotTakeTheLastSynchronisationBeforeItForOne() {
        node.sees(0, pod("p", 0)).sees(5, needsToReattest(NOT_ATTESTED)).sees(30, synchronisedAt(at(4)));

        assertThat(node.nodes()).last().satisfies(last -> assertThat(last.getEvictedAt())
                .isEqualTo(at(5)));
    }

    @Test
    void shouldTellAnExpiredSvidFromAnEviction() {
        node.sees(0, pod("p", 0)).sees(5, needsToReattest("rpc error: desc = agent SVID is expired"));

        assertThat(node.nodes()).last().satisfies(last -> {
            assertThat(last.getEvictedAt()).isNull();
            assertThat(last.getAgentSvidExpiredSince()).isEqualTo(at(5));
        });
    }

    private static AgentSignal needsToReattest(String error) {
        return AgentSignal.newBuilder(agent(AgentSignalKind.REATTEST_NEEDED))
                .setError(error)
                .build();
    }

    private static AgentStatus synchronisedAt(Instant last) {
        return AgentStatus.newBuilder()
                .setAgentId(io.svidflow.scene.Bodies.AGENT_ID + io.svidflow.scene.Scene.NODE)
                .setUptimeSeconds(3000)
                .setCachedSvids(1)
                .setLastSyncSuccess(last)
                .build();
    }
}
