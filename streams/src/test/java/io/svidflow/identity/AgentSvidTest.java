package io.svidflow.identity;

import static io.svidflow.scene.Bodies.agent;
import static io.svidflow.scene.Bodies.agentListed;
import static io.svidflow.scene.Bodies.agentPod;
import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.node;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentListed;
import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.Link;
import io.svidflow.event.Reporter;
import io.svidflow.scene.Bodies;
import org.junit.jupiter.api.Test;

/** The agent's own SVID and the agent's place on the node, from what the server, the agent and Kubernetes say. */
class AgentSvidTest {

    private static final String TOKEN = "nodeattestor(k8s_psat): token has expired";

    private final WatchedNode node = WatchedNode.healthy();

    private static AgentListed listed(String id, double expires) {
        return AgentListed.newBuilder(agentListed(false))
                .setAgentId(id)
                .setExpiresAt(at(expires))
                .build();
    }

    private static AgentListed listed(double expires) {
        return listed(Bodies.AGENT_ID + NODE, expires);
    }

    private static AgentSignal synced() {
        return AgentSignal.newBuilder(agent(AgentSignalKind.SYNC_SUCCEEDED))
                .setReporter(Reporter.SERVER)
                .build();
    }

    private static AgentSignal renewalFailed(String error) {
        return AgentSignal.newBuilder(agent(AgentSignalKind.RENEWAL_FAILED))
                .setError(error)
                .build();
    }

    private static AgentStatus status(double expires) {
        return AgentStatus.newBuilder()
                .setUptimeSeconds(100)
                .setCachedSvids(1)
                .setSvidExpiresAt(at(expires))
                .build();
    }

    private AgentSvid svid() {
        return node.records().node("lab/" + NODE).agent().svid();
    }

    @Test
    void shouldMissTheIdentityOfAnAgentWhoseSvidRanOut() {
        node.sees(-600, listed(20)).sees(0, pod("p", 0)).sees(1, entry("p", 1)).waits(79);
        assertThat(node.stuckAt("p")).isNull();

        node.waits(95);
        assertThat(node.missing("p")).isEqualTo(Link.AGENT_ATTESTED);
    }

    @Test
    void shouldNotMissItWhenTheServerServedTheAgentAfterwards() {
        node.sees(-600, listed(20))
                .sees(0, pod("p", 0))
                .sees(1, entry("p", 1))
                .sees(40, synced())
                .waits(200);

        assertThat(node.told("p")).noneMatch(told -> told.getFirstMissing() == Link.AGENT_ATTESTED);
    }

    @Test
    void shouldForgetTheExpiryOfAnSvidThatWasRenewed() {
        node.sees(-600, listed(20)).sees(-300, agent(AgentSignalKind.REATTESTED));
        assertThat(svid().expiresAt()).isNull();

        node.sees(-299, listed(3000)).sees(-298, status(20)); // the debug API may answer from its cache
        assertThat(svid().expiresAt()).isEqualTo(at(3000));
    }

    @Test
    void shouldNotLetTheRowOfAFormerIdentitySpeakForTheAgent() {
        node.sees(-600, listed(3000)).sees(-500, listed(Bodies.AGENT_ID + "before", 20));
        assertThat(node.records().node("lab/" + NODE).agent().agentId()).isEqualTo(Bodies.AGENT_ID + NODE);

        node.sees(
                -400,
                AgentListed.newBuilder(listed(Bodies.AGENT_ID + "before", 20))
                        .setDeleted(true)
                        .build());
        assertThat(node.records().node("lab/" + NODE).agent().evictedAt()).isNull();
    }

    @Test
    void shouldCountFailuresToRenewUntilOneSucceeds() {
        node.sees(0, renewalFailed("connection refused"))
                .sees(5, renewalFailed(TOKEN))
                .sees(12, renewalFailed("eof"));
        assertThat(svid().failures()).isEqualTo(3);
        assertThat(svid().failingSince()).isEqualTo(at(0));
        assertThat(svid().error()).isEqualTo(TOKEN);

        node.sees(20, agent(AgentSignalKind.RENEWED));
        assertThat(svid().failingSince()).isNull();
        node.sees(21, renewalFailed(TOKEN));
        assertThat(svid().failingSince()).isEqualTo(at(21));
    }

    @Test
    void shouldBelieveTheServerThatTheSvidHasExpiredUntilItServesTheAgent() {
        node.sees(0, agent(AgentSignalKind.SVID_EXPIRED));
        assertThat(svid().expiredSince()).isEqualTo(at(0));

        node.sees(5, synced());
        assertThat(svid().expiredSince()).isNull();
    }

    @Test
    void shouldMissAnAgentThatAttestsAsAPodOnANodeWithoutSuchAPod() {
        WatchedNode bare = new WatchedNode();
        bare.sees(-3000, node(NODE)).sees(0, pod("p", 0)).sees(1, entry("p", 1)).waits(75);

        assertThat(bare.missing("p")).isEqualTo(Link.AGENT_READY);
    }

    @Test
    void shouldNotMissTheAgentPodWhereTheAgentIsHeardOf() {
        WatchedNode known = new WatchedNode();
        known.sees(-3000, node(NODE))
                .sees(-3000, listed(9000))
                .sees(0, pod("p", 0))
                .sees(1, entry("p", 1))
                .waits(200);

        assertThat(known.told("p")).noneMatch(told -> told.getFirstMissing() == Link.AGENT_READY);
    }

    @Test
    void shouldRememberWhatStoppedAnAgentThatRunsForMomentsOnly() {
        node.sees(0, agentPod("agent", -3000, false));

        assertThat(node.records().node("lab/" + NODE).agentPod().reason()).isNull();
    }
}
