package io.svidflow.identity;

import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Bodies.svid;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Link;
import io.svidflow.event.SvidSignal;
import io.svidflow.event.SvidSignalKind;
import org.junit.jupiter.api.Test;

/** An entry of which no signature was seen: a fault, or a line that was lost. Refusals name a process and no pod. */
class UnsignedEntryTest {

    private final WatchedNode node = WatchedNode.healthy();

    @Test
    void shouldFindTheUnsignedEntryOfAPodWhoseProcessIsRefusedTimeAndAgain() {
        node.sees(0, pod("p", 0)).sees(10, entry("p", 10));
        for (int second = 1; second < 100; second += 10) {
            node.sees(second, refusal(17));
        }

        assertThat(node.missing("p")).isEqualTo(Link.SVID_ISSUED);
    }

    @Test
    void shouldNotAccuseOneOfTwoPodsThatMayBeTheOneThatIsRefused() {
        node.sees(0, pod("p", 0)).sees(0, pod("q", 0)).sees(10, entry("p", 10));
        for (int second = 1; second < 100; second += 10) {
            node.sees(second, refusal(17));
        }

        assertThat(node.stuckAt("p"))
                .as("q has no entry and is refused; what was signed for p may have been lost")
                .isNull();
    }

    @Test
    void shouldNotAccuseAPodForANeighbourThatHasOnlyJustBeenServed() {
        node.sees(0, pod("p", 0))
                .sees(10, entry("p", 10))
                .sees(30, pod("q", 30))
                .sees(31, entry("q", 31));
        for (int second = 31; second < 75; second += 4) {
            node.sees(second, refusal(17));
        }
        node.sees(75, issuing("q")).waits(120);

        assertThat(node.stuckAt("p")).isNull();
    }

    @Test
    void shouldAccuseTwoPodsWhereTwoProcessesAreRefused() {
        node.sees(0, pod("p", 0)).sees(0, pod("q", 0)).sees(10, entry("p", 10)).sees(10, entry("q", 10));
        for (int second = 1; second < 100; second += 10) {
            node.sees(second, refusal(17)).sees(second + 1, refusal(18));
        }

        assertThat(node.missing("p")).isEqualTo(Link.SVID_ISSUED);
        assertThat(node.missing("q")).isEqualTo(Link.SVID_ISSUED);
    }

    @Test
    void shouldNotHoldAgainstItThatNewNeighboursAreRefusedForAWhile() {
        node.sees(0, pod("p", 0)).sees(10, entry("p", 10));
        for (int second = 1; second < 300; second += 10) {
            node.sees(second, refusal(100 + second)).sees(second + 5, refusal(100 + second));
        }

        assertThat(node.stuckAt("p")).isNull();
    }

    @Test
    void shouldNotHoldAgainstItThatAProcessOlderThanItIsNeverServed() {
        for (int second = -300; second < 0; second += 30) {
            node.sees(second, refusal(5));
        }
        node.sees(0, pod("p", 0)).sees(10, entry("p", 10));
        for (int second = 15; second < 300; second += 30) {
            node.sees(second, refusal(5));
        }

        assertThat(node.stuckAt("p")).isNull();
    }

    @Test
    void shouldTakeTheSignatureOfAnEntryOnANodeWhoseClockIsBehind() {
        WatchedNode behind = WatchedNode.healthy();
        behind.sees(-1000, io.svidflow.scene.Bodies.agentPod("agent", -1000, true));
        behind.sees(-1500, issuing("q")).sees(0, pod("q", 0)).sees(10, entry("q", 10));

        assertThat(behind.told("q")).last().satisfies(told -> assertThat(told.getProof())
                .as("signed by a clock that is behind, and not before the entry was there")
                .isNotNull());
    }

    private static SvidSignal refusal(long pid) {
        return svid(SvidSignalKind.REFUSED).setPid(pid).build();
    }
}
