package io.svidflow.identity;

import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import org.junit.jupiter.api.Test;

/** Where nobody looks, an absence says nothing: neither that a pod is without identity, nor that it still is. */
class BlindSpotsTest {

    private static final Coverage NO_SIGNATURES = new Coverage(at(-3600), true, false, false);

    @Test
    void shouldLeaveThePodAloneWhenWhatWasMissingIsThereAndNobodySeesSignatures() {
        WatchedNode node = WatchedNode.healthy().covered(NO_SIGNATURES).sees(0, pod("p", 0));
        node.waits(90);
        assertThat(node.missing("p")).isEqualTo(Link.ENTRY_PRESENT);

        node.sees(100, entry("p", 100)).waits(300);

        assertThat(node.states("p")).endsWith(IdentityState.STUCK, IdentityState.UNKNOWN);
    }

    @Test
    void shouldWaitForTheSignatureWhereOneWouldBeSeen() {
        WatchedNode node = WatchedNode.healthy().sees(0, pod("p", 0)).sees(100, entry("p", 100));
        node.waits(300);
        assertThat(node.state("p")).isEqualTo(IdentityState.STUCK);

        node.sees(301, issuing("p"));

        assertThat(node.state("p")).isEqualTo(IdentityState.RECOVERED);
    }

    @Test
    void shouldSayThatItDoesNotKnowOnceASignatureMustHaveBeenThere() {
        WatchedNode node = WatchedNode.healthy().sees(0, pod("p", 0)).sees(100, entry("p", 100));

        node.waits(600);

        assertThat(node.states("p")).endsWith(IdentityState.STUCK, IdentityState.UNKNOWN);
    }

    @Test
    void shouldTellWhatHasComeAlthoughTheSignatureWasNotSeen() {
        WatchedNode node = WatchedNode.healthy().sees(0, pod("p", 0)).sees(100, entry("p", 100));

        node.waits(120);

        assertThat(node.state("p")).isEqualTo(IdentityState.STUCK);
        assertThat(node.told("p")).last().satisfies(told -> {
            assertThat(told.getProven()).contains(Link.ENTRY_PRESENT);
            assertThat(told.getClocks().getEntry()).isEqualTo(at(100));
        });
    }

    @Test
    void shouldNotTakeADebugApiThatIsOutOfReachForAnAgentThatDoesNotSynchronise() {
        SyncHistory polled = SyncHistory.UNKNOWN.polledSuccess(at(0));

        assertThat(polled.reported()).isTrue();
        assertThat(polled.pollFailed().reported()).isFalse();
        assertThat(polled.pollFailed().polledSuccess(at(9)).reported()).isTrue();
        assertThat(polled.auditedSuccess(at(1)).pollFailed().reported()).isTrue();
    }
}
