package io.svidflow.incident;

import static io.svidflow.incident.WatchedCluster.node;
import static io.svidflow.incident.WatchedCluster.pod;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.PodTransition;
import io.svidflow.event.RequestHabit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pods that are not heard of: accused only by what their siblings do. */
class SilentPodsTest {

    private final WatchedCluster cluster =
            new WatchedCluster().sees(0, node("node-1").build());

    @Test
    void shouldFindThePodThatNeverAsksWhileItsSiblingsDo() {
        cluster.sees(1, habit("a", RequestHabit.ASKED)).sees(2, habit("b", RequestHabit.ASKED));
        cluster.sees(80, habit("p", RequestHabit.SILENT)).waits(90);

        Finding finding = findings().get(0);
        assertThat(finding.getPod()).isEqualTo("p");
        assertThat(finding.getCause()).isEqualTo("WORKLOAD_SOCKET_STALE");
        assertThat(finding.getFirstMissing()).isEqualTo(Link.SOCKET);
        assertThat(findings()).hasSize(1);

        cluster.sees(120, habit("p", RequestHabit.ASKED));
        assertThat(findings().get(findings().size() - 1).getState()).isEqualTo(IdentityState.RECOVERED);
    }

    @Test
    void shouldFindItWhicheverIsHeardOfFirst() {
        cluster.sees(80, habit("p", RequestHabit.SILENT)).waits(100);
        assertThat(findings()).isEmpty();

        cluster.sees(101, habit("a", RequestHabit.ASKED)).waits(110);
        assertThat(findings()).extracting(Finding::getPod).containsExactly("p");
    }

    @Test
    void shouldLeaveAloneAPodThatMayHaveNoUseForAnIdentity() {
        cluster.sees(80, habit("p", RequestHabit.SILENT)).sees(80, habit("q", RequestHabit.SILENT));
        cluster.sees(81, habit("leader", RequestHabit.ASKED)).waits(400);

        assertThat(findings()).isEmpty();
    }

    @Test
    void shouldLeaveAloneAPodThatHasWhatItWantedWhenTheAgentIsReplaced() {
        cluster.sees(80, habit("p", RequestHabit.CEASED)).sees(81, habit("young", RequestHabit.ASKED));
        cluster.waits(400);

        assertThat(findings())
                .as("a younger sibling asks at its start, as this one did")
                .isEmpty();
    }

    @Test
    void shouldFindThePodThatDoesNotComeBackWhileItsSiblingsDo() {
        cluster.sees(80, habit("p", RequestHabit.CEASED)).sees(81, habit("a", RequestHabit.RETURNED));
        cluster.waits(90);

        assertThat(findings()).extracting(Finding::getCause).containsExactly("WORKLOAD_SOCKET_STALE");
    }

    @Test
    void shouldNotTakeTheEndOfASilentPodForARecovery() {
        cluster.sees(80, habit("p", RequestHabit.CEASED)).sees(81, habit("a", RequestHabit.RETURNED));
        cluster.waits(90);

        cluster.sees(100, habit("p", RequestHabit.UNSEEN)); // it is being deleted: nobody expects a request of it
        assertThat(findings()).hasSize(1);
        cluster.sees(
                110,
                PodTransition.newBuilder(habit("p", RequestHabit.UNSEEN))
                        .setState(IdentityState.GONE)
                        .build());

        assertThat(findings()).extracting(Finding::getState).containsExactly(IdentityState.STUCK, IdentityState.GONE);
    }

    @Test
    void shouldNotSleepWhileASilentPodIsSuspected() {
        cluster.sees(1, habit("a", RequestHabit.ASKED));
        assertThat(cluster.quiet()).isTrue();

        cluster.sees(80, habit("p", RequestHabit.SILENT));
        assertThat(cluster.quiet()).as("a verdict is due").isFalse();
    }

    @Test
    void shouldCloseWhatThePodWasStuckAtBeforeItFellSilent() {
        cluster.sees(1, habit("a", RequestHabit.ASKED)).sees(2, habit("b", RequestHabit.ASKED));
        PodTransition stuck = PodTransition.newBuilder(habit("p", RequestHabit.SILENT))
                .setState(IdentityState.STUCK)
                .setFirstMissing(Link.ENTRY_PRESENT)
                .build();
        cluster.sees(70, stuck);
        PodTransition served = PodTransition.newBuilder(habit("p", RequestHabit.SILENT))
                .setState(IdentityState.RECOVERED)
                .build();
        cluster.sees(80, served).waits(90);

        List<Finding> told = findings();
        assertThat(told)
                .filteredOn(finding -> finding.getState() == IdentityState.RECOVERED)
                .extracting(Finding::getFirstMissing)
                .containsExactly(Link.ENTRY_PRESENT);
        assertThat(told.get(told.size() - 1).getCause()).isEqualTo("WORKLOAD_SOCKET_STALE");
        assertThat(told.get(told.size() - 1).getState()).isEqualTo(IdentityState.STUCK);
    }

    @Test
    void shouldForgetWhoIsGone() {
        cluster.sees(1, habit("a", RequestHabit.ASKED))
                .sees(80, habit("p", RequestHabit.SILENT))
                .waits(90);
        for (String uid : List.of("p", "a")) {
            PodTransition last = habit(uid, RequestHabit.UNSEEN);
            cluster.sees(
                    100,
                    PodTransition.newBuilder(last).setState(IdentityState.GONE).build());
        }

        assertThat(cluster.kept()).noneMatch(key -> key.startsWith("silent/") || key.startsWith("requests/"));
    }

    private List<Finding> findings() {
        return cluster.told(Finding.class);
    }

    private static PodTransition habit(String uid, RequestHabit habit) {
        boolean silent = habit == RequestHabit.SILENT || habit == RequestHabit.CEASED;
        return pod(uid, IdentityState.HEALTHY, null)
                .setOwner("Deployment/web")
                .setTemplate("t1")
                .setRequests(habit)
                .setSilentSince(silent ? at(5) : null)
                .build();
    }
}
