package io.svidflow.identity;

import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.Reporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent that is expected to synchronise every few seconds, and is not seen to any more. */
class SilentAgentTest {

    private static final List<String> LOG = List.of("agent-log");

    private final WatchedNode node = WatchedNode.healthy().covered(new Coverage(at(-2000), true, true, false, LOG));

    @Test
    void shouldNoticeThatAuditedSynchronisationsStop() {
        synchronises(0, 100).waits(159);
        assertThat(last().getSilentSince()).isNull();

        node.waits(175);
        assertThat(last().getSilentSince()).isEqualTo(at(100));
        assertThat(last().getSilentBy()).containsExactly("audit");
    }

    @Test
    void shouldHearItAgain() {
        synchronises(0, 100).waits(175).sees(176, audited(AgentSignalKind.SYNC_SUCCEEDED));

        assertThat(last().getSilentSince()).isNull();
    }

    @Test
    void shouldNoticeThatTheLastSuccessDoesNotAdvance() {
        for (int second = 0; second <= 200; second += 10) {
            node.sees(second, status(Math.min(second, 100)));
        }

        assertThat(last().getSilentSince()).isEqualTo(at(100));
        assertThat(last().getSilentBy()).containsExactly("agent-debug");
    }

    @Test
    void shouldNotCallAnAgentSilentThatSaysWhatFails() {
        synchronises(0, 100);
        node.sees(
                        110,
                        AgentSignal.newBuilder()
                                .setKind(AgentSignalKind.SYNC_FAILED)
                                .setReporter(Reporter.AGENT)
                                .setError("connection refused")
                                .build())
                .waits(300);

        assertThat(last().getSilentSince()).isNull();
    }

    @Test
    void shouldNotCallAnAgentSilentThatWasStopped() {
        synchronises(0, 100);
        node.sees(101, said(AgentSignalKind.STOPPED)).waits(300);

        assertThat(node.nodes()).allMatch(transition -> transition.getSilentSince() == null);
    }

    @Test
    void shouldNotMissAnybodyWhileSomebodyWhoReportsIsSilent() {
        synchronises(0, 100);
        node.covered(new Coverage(at(-3600), true, true, true, LOG)).waits(300);

        assertThat(node.nodes()).allMatch(transition -> transition.getSilentSince() == null);
    }

    @Test
    void shouldNotCallAnAgentSilentThatMayLogFailuresWhichNobodyCollects() {
        node.covered(new Coverage(at(-3600), true, true, false, List.of()));
        synchronises(0, 100).waits(300);

        assertThat(node.nodes()).allMatch(transition -> transition.getSilentSince() == null);
        assertThat(last().getUnservedSince())
                .as("that nobody saw it served is known all the same")
                .isEqualTo(at(100));
    }

    @Test
    void shouldGiveAnAgentTimeThatWasNotInAPositionToSynchronise() {
        synchronises(0, 100);
        node.sees(101, said(AgentSignalKind.STOPPED))
                .sees(299, said(AgentSignalKind.STARTED))
                .sees(300, said(AgentSignalKind.SERVING))
                .waits(350);

        assertThat(node.nodes()).allMatch(transition -> transition.getSilentSince() == null);
    }

    @Test
    @Timeout(10)
    void shouldStopLookingWhenNobodyReportsOnItAnyMore() {
        node.sees(0, status(0)).pollFails(10).waits(300);

        assertThat(node.nodes()).allMatch(transition -> transition.getSilentSince() == null);
        assertThat(node.records().firstDue(at(100_000))).isNull();
    }

    @Test
    void shouldListenForAWhileAfterItHasNotBeenAbleTo() {
        synchronises(0, 100);
        node.covered(new Coverage(at(-3600), true, true, false, LOG, at(170))).waits(229);
        assertThat(node.nodes()).allMatch(transition -> transition.getSilentSince() == null);

        node.waits(245);
        assertThat(last().getSilentSince()).isEqualTo(at(100));
    }

    private WatchedNode synchronises(int from, int until) {
        for (int second = from; second <= until; second += 5) {
            node.sees(second, audited(AgentSignalKind.SYNC_SUCCEEDED));
        }
        return node;
    }

    private static AgentSignal audited(AgentSignalKind kind) {
        return AgentSignal.newBuilder()
                .setKind(kind)
                .setReporter(Reporter.SERVER)
                .build();
    }

    private static AgentSignal said(AgentSignalKind kind) {
        return AgentSignal.newBuilder()
                .setKind(kind)
                .setReporter(Reporter.AGENT)
                .build();
    }

    private static AgentStatus status(int lastSuccess) {
        return AgentStatus.newBuilder()
                .setLastSyncSuccess(at(lastSuccess))
                .setUptimeSeconds(3000)
                .setCachedSvids(1)
                .build();
    }

    private NodeTransition last() {
        List<NodeTransition> nodes = node.nodes();
        return nodes.get(nodes.size() - 1);
    }
}
