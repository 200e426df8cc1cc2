package io.svidflow.identity;

import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Bodies.svid;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.PodTransition;
import io.svidflow.event.SvidSignal;
import io.svidflow.event.SvidSignalKind;
import io.svidflow.scene.Scene;
import org.junit.jupiter.api.Test;

/** An agent that loses an entry and gets it back, beside what looks like it. */
class EntryFlapsTest {

    private final WatchedNode node = WatchedNode.healthy();

    @Test
    void shouldFindAnEntryThatComesAndGoes() {
        node.sees(0, pod("p", 0)).sees(5, entry("p", 5)).sees(8, issuing("p"));
        for (int second = 20; second <= 60; second += 20) {
            node.sees(second, refusal()).sees(second + 5, issuing("p"));
        }

        assertThat(node.state("p")).isEqualTo(IdentityState.STUCK);
        assertThat(last("p").getFirstMissing()).isEqualTo(Link.SYNCHRONISED);
        assertThat(last("p").getEntryFlaps()).isGreaterThan(1);

        node.waits(150);
        assertThat(node.state("p")).as("it has stayed for a minute").isEqualTo(IdentityState.RECOVERED);
    }

    @Test
    void shouldNotTakeRenewalsForFlapsWhileOthersAreRefused() {
        node.sees(0, pod("p", 0)).sees(5, entry("p", 5)).sees(8, issuing("p"));
        for (int second = 20; second <= 80; second += 20) {
            node.sees(second, refusal())
                    .sees(
                            second + 5,
                            svid(SvidSignalKind.ISSUING)
                                    .setEntryId("entry-p")
                                    .setExpiresAt(Scene.at(second + 60))
                                    .build());
        }

        assertThat(node.states("p")).doesNotContain(IdentityState.STUCK);
    }

    private PodTransition last(String uid) {
        var told = node.told(uid);
        return told.get(told.size() - 1);
    }

    /** Of whom is not known. */
    private static SvidSignal refusal() {
        return svid(SvidSignalKind.REFUSED).setPid(7L).build();
    }
}
