package io.svidflow.identity;

import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.entryGone;
import static io.svidflow.scene.Bodies.issued;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Bodies.refused;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentListed;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.event.SvidSignal;
import io.svidflow.event.SvidSignalKind;
import io.svidflow.scene.Bodies;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether an entry is one that the agent on the pod's node gets, and that the pod matches. */
class RegistrationTest {

    private static final String OTHER = "spiffe://lab.test/spire/agent/k8s_psat/lab/another-uid";

    private final WatchedNode node = WatchedNode.healthy();

    @Test
    void shouldMissTheParentThirtySecondsAfterTheEntry() {
        node.sees(1, pod("p", 0)).sees(5, parent("p", 5, OTHER)).waits(34.9);
        assertThat(node.stuckAt("p")).isNull();

        node.waits(35);
        assertThat(node.stuckAt("p")).isEqualTo(at(35));
        assertThat(node.missing("p")).isEqualTo(Link.PARENT_LIVE);
        assertThat(node.told("p").get(node.told("p").size() - 1).getParents()).containsExactly(OTHER);
    }

    @Test
    void shouldSayNothingOfAParentThatIsCorrectedInTime() {
        node.sees(1, pod("p", 0))
                .sees(5, parent("p", 5, OTHER))
                .sees(20, revised(parent("p", 5, Bodies.AGENT_ID + NODE)))
                .sees(22, issuing("p"))
                .waits(600);

        assertThat(node.stuckAt("p")).isNull();
    }

    @Test
    void shouldNameTheDriftOfAParent() {
        node.sees(1, pod("p", 0))
                .sees(5, entry("p", 5))
                .sees(20, revised(parent("p", 5, OTHER)))
                .waits(60);

        assertThat(node.stuckAt("p")).isEqualTo(at(50));
        assertThat(node.told("p").get(node.told("p").size() - 1).getEvidence())
                .anyMatch(fact -> fact.getText().contains("changed from " + Bodies.AGENT_ID + NODE + " to " + OTHER));
    }

    @Test
    void shouldNotJudgeANodeAlias() {
        node.sees(1, pod("p", 0))
                .sees(5, parent("p", 5, "spiffe://lab.test/nodes/of-the-lab"))
                .waits(600);

        assertThat(node.stuckAt("p")).isNull();
    }

    @Test
    void shouldJudgeByTheUidOfTheNodeWhereNobodyNamesTheAgent() {
        WatchedNode unnamed = new WatchedNode()
                .sees(-3000, Bodies.node(NODE))
                .sees(-3000, Bodies.agentPod("agent", -3000, true))
                .sees(-3000, Bodies.agent(AgentSignalKind.SYNC_SUCCEEDED));
        unnamed.sees(1, pod("p", 0)).sees(5, parent("p", 5, OTHER));
        unnamed.sees(1, pod("q", 0))
                .sees(5, parent("q", 5, Bodies.AGENT_ID + "uid-" + NODE))
                .waits(600);

        assertThat(unnamed.missing("p")).isEqualTo(Link.PARENT_LIVE);
        assertThat(unnamed.stuckAt("q")).isNull();
    }

    @Test
    void shouldNotTakeAFormerAgentOfTheNodeForItsAgent() {
        AgentListed former = AgentListed.newBuilder(Bodies.agentListed(true))
                .setAgentId(OTHER)
                .setNodeUid("another-uid")
                .build();
        node.sees(-100, former)
                .sees(-90, AgentListed.newBuilder(former).setDeleted(true).build())
                .sees(1, pod("p", 0))
                .sees(5, entry("p", 5))
                .sees(8, issuing("p"))
                .waits(600);

        assertThat(node.states("p")).containsExactly(IdentityState.WAITING, IdentityState.HEALTHY);
    }

    @Test
    void shouldNotBelieveASignatureForAnEntryThatThePodContradicts() {
        node.sees(1, described("p"))
                .sees(5, selecting("p", 5, "k8s:pod-uid:p", "k8s:sa:billing"))
                .sees(8, issuing("p"))
                .sees(8, issued("p", 3600))
                .waits(64.9);
        assertThat(node.stuckAt("p")).isNull();

        node.waits(65);
        assertThat(node.missing("p")).isEqualTo(Link.WORKLOAD_ATTESTED);
        assertThat(node.told("p").get(node.told("p").size() - 1).getLackingSelectors())
                .containsExactly("k8s:sa:billing");
    }

    @Test
    void shouldTakeWhatThePodObjectCannotTellForGranted() {
        node.sees(1, described("p"))
                .sees(5, selecting("p", 5, "k8s:pod-uid:p", "k8s:sa:cart", "unix:uid:1000", "k8s:container-image:x"))
                .sees(8, issuing("p"))
                .waits(600);

        assertThat(node.state("p")).isEqualTo(IdentityState.HEALTHY);
    }

    @Test
    void shouldTakeALabelThatThePodHasNotForAContradiction() {
        node.sees(1, described("p"))
                .sees(5, selecting("p", 5, "k8s:pod-uid:p", "k8s:pod-label:tier:gold"))
                .sees(8, issuing("p"))
                .waits(600);

        assertThat(node.missing("p")).isEqualTo(Link.WORKLOAD_ATTESTED);
    }

    @Test
    void shouldPrintWhatARefusedProcessWasAttestedWithout() {
        node.sees(1, pod("p", 0)).sees(5, selecting("p", 5, "k8s:container-image:shop/cart:2", "k8s:pod-uid:p"));
        for (int second = 8; second < 80; second += 5) {
            node.sees(second, attested("p", "k8s:container-image:shop/cart:1", "k8s:pod-uid:p"))
                    .sees(second, refused("p"));
        }

        assertThat(node.stuckAt("p")).isEqualTo(at(65));
        assertThat(node.missing("p")).isEqualTo(Link.WORKLOAD_ATTESTED);
        assertThat(node.told("p").get(node.told("p").size() - 1).getAttestedSelectors())
                .isTrue();
        assertThat(node.told("p").get(node.told("p").size() - 1).getLackingSelectors())
                .containsExactly("k8s:container-image:shop/cart:2");
    }

    @Test
    void shouldGiveTheRegistrarTimeToReplaceAnEntry() {
        node.sees(1, pod("p", 0)).sees(5, entry("p", 5)).sees(8, issuing("p"));
        node.sees(500, entryGone("p")).waits(559);
        assertThat(node.stuckAt("p")).isNull();

        node.waits(560);
        assertThat(node.stuckAt("p")).isEqualTo(at(560));
        assertThat(node.missing("p")).isEqualTo(Link.ENTRY_PRESENT);
    }

    @Test
    void shouldTellChurnFromAReplacement() {
        node.sees(1, pod("p", 0)).sees(5, entry("p", 5)).sees(6, issuing("p"));
        recreate(500, 1);
        recreate(530, 2);
        assertThat(node.stuckAt("p")).isNull();

        recreate(560, 3);
        assertThat(node.stuckAt("p")).isEqualTo(at(562));
        assertThat(node.missing("p")).isEqualTo(Link.ENTRY_PRESENT);
        assertThat(node.told("p").get(node.told("p").size() - 1).getEntryRecreations())
                .isEqualTo(3);

        node.sees(563, signed("p-3")).waits(800);
        assertThat(node.state("p")).isEqualTo(IdentityState.RECOVERED);
    }

    @Test
    void shouldNotTakeAnEntryThatWasNotListedForAMomentForChurn() {
        node.sees(1, pod("p", 0)).sees(5, entry("p", 5)).sees(6, issuing("p"));
        for (int second = 500; second < 800; second += 20) {
            node.sees(second, entryGone("p")).sees(second + 1, entry("p", 5)).sees(second + 1, issuing("p"));
        }

        assertThat(node.stuckAt("p")).isNull();
    }

    private void recreate(int second, int id) {
        String before = id == 1 ? "p" : "p-" + (id - 1);
        node.sees(
                        second,
                        EntryObserved.newBuilder(named("p", before, 5))
                                .setDeleted(true)
                                .build())
                .sees(second + 2, named("p", "p-" + id, second + 2));
    }

    private static EntryObserved named(String pod, String id, double created) {
        return EntryObserved.newBuilder(entry(pod, created))
                .setEntryId("entry-" + id)
                .build();
    }

    private static SvidSignal signed(String entry) {
        return Bodies.svid(SvidSignalKind.ISSUING).setEntryId("entry-" + entry).build();
    }

    private static EntryObserved parent(String pod, double created, String parent) {
        return EntryObserved.newBuilder(entry(pod, created)).setParentId(parent).build();
    }

    private static EntryObserved revised(EntryObserved entry) {
        return EntryObserved.newBuilder(entry).setRevision(1).build();
    }

    private static EntryObserved selecting(String pod, double created, String... selectors) {
        return EntryObserved.newBuilder(entry(pod, created))
                .setSelectors(List.of(selectors))
                .build();
    }

    private static PodObserved described(String uid) {
        return Bodies.pod(uid, PodRole.WORKLOAD, 0)
                .setSelectors(List.of("k8s:ns:app", "k8s:pod-label:app:web", "k8s:pod-uid:" + uid, "k8s:sa:cart"))
                .build();
    }

    private static SvidSignal attested(String pod, String... selectors) {
        return Bodies.svid(SvidSignalKind.ATTESTED)
                .setPodUid(pod)
                .setSelectors(List.of(selectors))
                .build();
    }
}
