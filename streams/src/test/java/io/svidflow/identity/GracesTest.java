package io.svidflow.identity;

import static io.svidflow.scene.Bodies.agent;
import static io.svidflow.scene.Bodies.agentListed;
import static io.svidflow.scene.Bodies.agentPod;
import static io.svidflow.scene.Bodies.attestationFailed;
import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Bodies.refused;
import static io.svidflow.scene.Bodies.syncFailed;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.PodRole;
import io.svidflow.scene.Bodies;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every link has a grace of its own, which starts when the link before it held. The pods here are created an hour ago. */
class GracesTest {

    private final WatchedNode node = WatchedNode.healthy();

    @Test
    void shouldMissAnEntrySixtySecondsAfterTheContainerStarted() {
        node.sees(1, pod("p", 0)).waits(59.9);
        assertThat(node.states("p")).containsExactly(IdentityState.WAITING);

        node.waits(60);
        assertThat(node.stuckAt("p")).isEqualTo(at(60));
        assertThat(node.missing("p")).isEqualTo(Link.ENTRY_PRESENT);
        assertThat(node.told("p").get(1).getSince()).isEqualTo(at(0));
        assertThat(node.told("p").get(1).getProven())
                .containsExactly(Link.NODE_READY, Link.AGENT_READY, Link.AGENT_ATTESTED);
    }

    @Test
    void shouldSayNothingOfAPodWhoseContainerHasNotStarted() {
        node.sees(
                        1,
                        Bodies.pod("p", PodRole.WORKLOAD, 0)
                                .setPhase("Pending")
                                .setContainers(List.of())
                                .build())
                .waits(3600);

        assertThat(node.stuckAt("p")).isNull();
    }

    @Test
    void shouldGiveAnAgentSixtySecondsToBeReady() {
        WatchedNode starting = new WatchedNode().sees(-10, Bodies.node(NODE)).sees(-5, agentPod("agent", -5, false));
        starting.sees(0, pod("p", 0)).waits(59.9);
        assertThat(starting.stuckAt("p")).isNull();

        starting.waits(60);
        assertThat(starting.missing("p")).isEqualTo(Link.AGENT_READY);
    }

    @Test
    void shouldGiveAnAgentThirtySecondsToLearnOfTheEntry() {
        node.sees(0, pod("p", 0)).sees(40, entry("p", 40)).sees(41, syncFailed("connection refused"));

        node.waits(69.9);
        assertThat(node.stuckAt("p")).isNull();
        node.waits(70);
        assertThat(node.stuckAt("p")).isEqualTo(at(70));
        assertThat(node.missing("p")).isEqualTo(Link.SYNCHRONISED);
    }

    @Test
    void shouldGiveAFreshlyAttestedAgentFortyFiveSeconds() {
        node.sees(0, pod("p", 0))
                .sees(30, agent(AgentSignalKind.ATTESTED))
                .sees(40, entry("p", 40))
                .sees(41, syncFailed("connection refused"));

        node.waits(84.9);
        assertThat(node.stuckAt("p")).isNull();
        node.waits(85);
        assertThat(node.stuckAt("p")).isEqualTo(at(85));
    }

    @Test
    void shouldMissTheSignatureThirtySecondsAfterTheAgentShouldHaveKnown() {
        node.sees(0, pod("p", 0)).sees(10, entry("p", 10));
        for (int second = 12; second < 80; second += 10) {
            node.sees(second, refused("p"));
        }

        assertThat(node.stuckAt("p")).isEqualTo(at(70));
        assertThat(node.missing("p")).isEqualTo(Link.SVID_ISSUED);
    }

    @Test
    void shouldBelieveAFailingAttestorOnlyAfterFortyFiveSeconds() {
        node.sees(0, pod("p", 0)).sees(5, entry("p", 5)).sees(6, issuing("p"));
        for (int second = 7; second < 60; second += 5) {
            node.sees(second, attestationFailed("p"));
        }

        assertThat(node.stuckAt("p")).isEqualTo(at(52));
        assertThat(node.missing("p")).isEqualTo(Link.WORKLOAD_ATTESTED);
    }

    @Test
    void shouldSpeakSoonerWhereTheEvidenceIsDecisive() {
        node.sees(0, pod("p", 0)).sees(2, agentListed(true)).waits(60);

        assertThat(node.stuckAt("p")).isBetween(at(32), at(42));
        assertThat(node.missing("p")).isEqualTo(Link.AGENT_ATTESTED);
    }

    @Test
    void shouldNotMissWhatNobodyLooksFor() {
        node.covered(new Coverage(at(-3600), false, false, false))
                .sees(0, pod("p", 0))
                .waits(3600);

        assertThat(node.stuckAt("p")).isNull();
    }

    @Test
    void shouldRefuseAGraceThatIsNoTime() {
        Duration some = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Graces(some, Duration.ZERO, some, some, some, some, some, some, some, some))
                .hasMessage("grace entry must be positive, but is PT0S");
    }
}
