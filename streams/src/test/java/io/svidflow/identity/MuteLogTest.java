package io.svidflow.identity;

import static io.svidflow.scene.Bodies.agentPod;
import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.issued;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Bodies.svid;
import static io.svidflow.scene.Scene.at;
import static io.svidflow.scene.Scene.fact;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.EventHeader;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.Reporter;
import io.svidflow.event.SvidFetchEvent;
import io.svidflow.event.SvidSignalKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An agent's log that is read and in which nothing is, because its level is too high. */
class MuteLogTest {

    private final WatchedNode node =
            WatchedNode.healthy().covered(new Coverage(at(-100), true, true, false, List.of("agent-log")));

    @Test
    void shouldKnowALogThatDoesNotTellWhatTheServerSigned() {
        serverSigns(10).serverSigns(40);
        assertThat(muteSince()).as("two lines may be lost").isNull();

        serverSigns(70);

        assertThat(muteSince()).isEqualTo(at(-100));
    }

    @Test
    void shouldNotCallALogMuteThatTellsASignatureNowAndThen() {
        for (int second = 10; second < 600; second += 60) {
            serverSigns(second);
            node.sees(second + 20, issuing("q"));
        }

        assertThat(muteSince()).isNull();
    }

    @Test
    void shouldCountTheSignaturesOfOneMomentOnce() {
        serverSigns(10).serverSigns(11).serverSigns(12).serverSigns(13);

        assertThat(muteSince()).isNull();
    }

    @Test
    void shouldKnowALogThatDoesNotTellThatItsAgentStarted() {
        node.sees(0, agentPod("agent-2", 0, false)).sees(61, agentPod("agent-2", 0, true));

        assertThat(muteSince()).isEqualTo(at(0));
    }

    @Test
    void shouldNotTakeErrorsForASignOfLife() {
        node.sees(0, agentPod("agent-2", 0, false));
        for (int second = 1; second < 60; second += 5) {
            node.sees(second, svid(SvidSignalKind.REFUSED).setPid(7L).build());
        }
        node.sees(61, agentPod("agent-2", 0, true));

        assertThat(muteSince()).isEqualTo(at(0));
    }

    @Test
    void shouldHearItAgain() {
        shouldKnowALogThatDoesNotTellThatItsAgentStarted();

        node.sees(
                90,
                AgentSignal.newBuilder()
                        .setKind(AgentSignalKind.RENEWED)
                        .setReporter(Reporter.AGENT)
                        .build());

        assertThat(muteSince()).isNull();
    }

    @Test
    void shouldNotTakeAMuteLogForASourceOfThePod() {
        shouldKnowALogThatDoesNotTellThatItsAgentStarted();

        node.sees(100, pod("p", 100)).waits(300);

        assertThat(node.told("p")).last().satisfies(told -> assertThat(told.getSources())
                .isEmpty());
    }

    @Test
    void shouldNotAccuseAPodWhoseSignatureAMuteLogWouldNotTell() {
        shouldKnowALogThatDoesNotTellThatItsAgentStarted();

        node.sees(100, pod("p", 100)).sees(101, entry("p", 101));
        for (int second = 101; second < 300; second += 10) {
            node.sees(second, svid(SvidSignalKind.REFUSED).setPid(7L).build());
        }

        assertThat(node.stuckAt("p")).isNull();
    }

    private MuteLogTest serverSigns(double second) {
        SvidFetchEvent told = (SvidFetchEvent) fact(second, issued("q", second + 3600));
        EventHeader header = EventHeader.newBuilder(told.getHeader())
                .setSource("server-log/spire-server-0")
                .build();
        node.hears(second, new SvidFetchEvent(header, told.getBody()));
        return this;
    }

    private Instant muteSince() {
        List<NodeTransition> told = node.nodes();
        return told.get(told.size() - 1).getAgentLogMuteSince();
    }
}
