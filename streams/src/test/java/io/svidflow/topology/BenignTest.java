package io.svidflow.topology;

import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.entryGone;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Bodies.refused;
import static io.svidflow.scene.Bodies.unselected;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.at;
import static io.svidflow.scene.Scene.fact;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.ConditionStatus;
import io.svidflow.event.ContainerState;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.scene.Bodies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks like a fault and is none: both stages stay silent about it. */
class BenignTest {

    private record Seen(double second, SpecificRecord body) {}

    @TempDir
    private Path stateDir;

    private final List<Seen> history = new ArrayList<>(List.of(
            new Seen(0, Bodies.node(NODE)),
            new Seen(0, Bodies.agentPod("agent", -100, true)),
            new Seen(0, Bodies.agentListed(false))));

    @Test
    void shouldSayNothingOfARollout() {
        for (int n = 0; n < 5; n++) {
            propagates("old-" + n, 5, "v1");
            propagates("new-" + n, 60 + 10 * n, "v2");
            ends("old-" + n, 70 + 10 * n);
        }

        assertSilentUntil(300);
    }

    @Test
    void shouldSayNothingOfScalingUpAndDown() {
        for (int n = 0; n < 30; n++) {
            propagates("web-" + n, 20 + n * 0.1, "v1");
            ends("web-" + n, 120 + n * 0.1);
        }

        assertSilentUntil(300);
    }

    @Test
    void shouldSayNothingOfADrain() {
        propagates("web-0", 5, "v1");
        sees(100, running("web-0", 5, "v1").setDeletionAt(at(100)).build());
        sees(101, refused("web-0"));
        ends("web-0", 190);
        sees(200, Bodies.node(NODE, ConditionStatus.FALSE, "boot-1"));

        assertSilentUntil(400);
    }

    @Test
    void shouldSayNothingOfAPodThatAsksWithoutBeingRegistered() {
        sees(5, unselected("curious", 5));
        sees(5, unselected("in-an-ignored-namespace", 5));
        for (int second = 6; second < 600; second += 15) {
            sees(second, refused("curious"));
            sees(second, refused("in-an-ignored-namespace"));
        }

        assertSilentUntil(620);
    }

    @Test
    void shouldSayNothingOfAPodThatDiesBeforeItAsks() {
        for (int n = 0; n < 10; n++) {
            sees(10 + n, pod("brief-" + n, 10 + n));
            ends("brief-" + n, 55 + n);
        }

        assertSilentUntil(300);
    }

    @Test
    void shouldSayNothingOfAPodThatCrashesAgainAndAgain() {
        propagates("looping", 5, "v1");
        for (int start = 20; start < 500; start += 60) {
            sees(start, stopped("looping", "CrashLoopBackOff", "Running"));
            sees(start + 40, running("looping", start + 40, "v1").build());
            sees(start + 41, refused("looping"));
        }

        assertSilentUntil(600);
    }

    @Test
    void shouldSayNothingOfAJobThatCompletes() {
        propagates("job", 5, null);
        sees(40, stopped("job", "Completed", "Succeeded"));
        sees(45, entryGone("job"));

        assertSilentUntil(600);
    }

    @Test
    void shouldSayNothingOfEntriesThatAreWrittenAnewWithARule() {
        propagates("web-0", 5, "v1");
        sees(200, entryGone("web-0"));
        sees(
                204,
                io.svidflow.event.EntryObserved.newBuilder(entry("web-0", 203))
                        .setEntryId("entry-second")
                        .setSpiffeId("spiffe://lab.test/renamed")
                        .build());
        sees(
                205,
                Bodies.svid(io.svidflow.event.SvidSignalKind.ISSUING)
                        .setEntryId("entry-second")
                        .build());

        assertSilentUntil(400);
    }

    /** The fault that the others resemble: the same steps, and the entry does not come. */
    @Test
    void shouldSpeakOfAPodWhoseEntryDoesNotCome() {
        sees(5, running("late", 5, "v1").build());
        sees(8, refused("late"));

        assertThat(findingsUntil(100)).isNotEmpty();
    }

    /** As every healthy pod: refused a few times on the way from its start to its first SVID. */
    private void propagates(String uid, double start, String template) {
        sees(start, running(uid, start, template).build());
        sees(start + 1, refused(uid));
        sees(start + 2, refused(uid));
        sees(start + 3, entry(uid, start + 3));
        sees(start + 4, refused(uid));
        sees(start + 6, issuing(uid));
    }

    private void ends(String uid, double second) {
        sees(second, Bodies.gone(uid));
        sees(second + 3, entryGone(uid));
    }

    private static PodObserved.Builder running(String uid, double start, String template) {
        return Bodies.pod(uid, PodRole.WORKLOAD, start)
                .setOwnerKind("Deployment")
                .setTemplate(template);
    }

    private static PodObserved stopped(String uid, String reason, String phase) {
        ContainerState down = ContainerState.newBuilder()
                .setName("main")
                .setRunning(false)
                .setRestartCount(1)
                .setReady(false)
                .setReason(reason)
                .build();
        return running(uid, 0, "v1")
                .setPhase(phase)
                .setReady(false)
                .setContainers(List.of(down))
                .build();
    }

    private void sees(double second, SpecificRecord body) {
        history.add(new Seen(second, body));
    }

    private void assertSilentUntil(int second) {
        assertThat(findingsUntil(second)).isEmpty();
    }

    private List<io.svidflow.event.Finding> findingsUntil(int until) {
        history.sort(Comparator.comparingDouble(Seen::second));
        try (Stages stages = new Stages(stateDir)) {
            int next = 0;
            for (int second = 1; second <= until; second++) {
                for (; next < history.size() && history.get(next).second() < second; next++) {
                    Seen seen = history.get(next);
                    stages.publish(seen.second(), fact(seen.second(), seen.body()));
                }
                stages.heartbeats(second);
            }
            return List.copyOf(stages.findings());
        }
    }
}
