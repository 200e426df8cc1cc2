package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Question.missing;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Link;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.scene.Bodies;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The causes of registration, each beside its look-alike. */
class RegistrationCausesTest {

    private static final String AGENT = Bodies.AGENT_ID + NODE;

    @Test
    void shouldNameAParentThatIsNotTheAgentOfTheNode() {
        Question recreated = missing(Link.PARENT_LIVE)
                .entry(5)
                .pod(pod -> pod.setParents(List.of("spiffe://lab.test/spire/agent/k8s_psat/lab/old-uid")));
        Question renamed = missing(Link.PARENT_LIVE)
                .entry(5)
                .pod(pod -> pod.setParents(List.of("spiffe://lab.test/spire/agent/k8s_psat/other/" + NODE)));

        assertThat(recreated.diagnosis(60).cause()).isEqualTo("ENTRY_PARENT_MISMATCH");
        assertThat(recreated.diagnosis(60).variant()).isEqualTo("NODE_UID");
        assertThat(renamed.diagnosis(60).variant()).isEqualTo("NAME");
        assertThat(recreated.ruledOut(60)).contains("REGISTRAR_LAG", "ENTRY_MISSING", "AGENT_SYNC_BACKOFF");
    }

    @Test
    void shouldSayLessOfAParentWhileTheAgentIsNotKnownByItsName() {
        Question unnamed = missing(Link.PARENT_LIVE)
                .entry(5)
                .pod(pod -> pod.setParents(List.of("spiffe://lab.test/spire/agent/k8s_psat/lab/old-uid")))
                .node(node -> node.setAgentId(null).setNodeUid("new-uid"));

        assertThat(unnamed.diagnosis(60).cause()).isEqualTo("ENTRY_PARENT_MISMATCH");
        assertThat(unnamed.diagnosis(60).confidence()).isLessThan(0.8);
    }

    @Test
    void shouldBlameTheParentAndNotAnAgentWhosePodIsForgottenWithItsNode() {
        Question recreated = missing(Link.PARENT_LIVE)
                .entry(5)
                .pod(pod -> pod.setParents(List.of("spiffe://lab.test/spire/agent/k8s_psat/lab/new-uid"))
                        .setProven(List.of(Link.NODE_READY, Link.AGENT_READY, Link.AGENT_ATTESTED)))
                .node(node -> node.setAgentPod(null).setAgentRunning(null).setAgentReady(null));

        assertThat(recreated.cause(60)).isEqualTo("ENTRY_PARENT_MISMATCH");
        assertThat(recreated.ruledOut(60)).contains("AGENT_NOT_ON_NODE");
    }

    @Test
    void shouldRuleOutTheParentWhereItIsTheAgent() {
        Question other = missing(Link.SVID_ISSUED).entry(5).pod(pod -> pod.setParents(List.of(AGENT)));

        assertThat(other.ruledOut(80)).contains("ENTRY_PARENT_MISMATCH");
        assertThat(other.cause(80)).isEqualTo("UNKNOWN");
    }

    @Test
    void shouldNameTheSelectorsThatThePodLacks() {
        Question object =
                missing(Link.WORKLOAD_ATTESTED).entry(5).pod(pod -> pod.setLackingSelectors(List.of("k8s:sa:billing")));
        Question attested = missing(Link.WORKLOAD_ATTESTED)
                .entry(5)
                .pod(pod -> pod.setLackingSelectors(List.of("k8s:sa:billing")).setAttestedSelectors(true));

        assertThat(object.cause(70)).isEqualTo("ENTRY_SELECTOR_MISMATCH");
        assertThat(object.diagnosis(70).because().get(0).getText()).contains("k8s:sa:billing");
        assertThat(attested.diagnosis(70).confidence())
                .isGreaterThan(object.diagnosis(70).confidence());
    }

    @Test
    void shouldTellARefusingKubeletFromSelectorsThatDoNotMatch() {
        Question kubelet = missing(Link.WORKLOAD_ATTESTED)
                .entry(5)
                .pod(pod -> pod.setAttestError(Bodies.KUBELET_REFUSES))
                .node(node -> node.setAttestFailingSince(at(3)));

        assertThat(kubelet.cause(60)).isEqualTo("KUBELET_ATTEST_FAIL");
    }

    @Test
    void shouldInferTheSelectorsFromAnSvidThatTheAgentHoldsAndDoesNotGive() {
        Question held = missing(Link.SVID_ISSUED).entry(5).pod(pod -> pod.setSignedAt(at(8))
                .setRefusals(9));
        Question unsigned = missing(Link.SVID_ISSUED).entry(5).pod(pod -> pod.setRefusals(9));

        assertThat(held.cause(80)).isEqualTo("ENTRY_SELECTOR_MISMATCH");
        assertThat(held.diagnosis(80).confidence()).isLessThan(0.7);
        assertThat(unsigned.cause(80)).isEqualTo("UNKNOWN");
    }

    @Test
    void shouldNameEntriesThatAreWrittenAgainAndAgain() {
        Question churn = missing(Link.ENTRY_PRESENT).registrarCalls(-60, 90).pod(pod -> pod.setEntryRecreations(3));
        Question once = missing(Link.ENTRY_PRESENT).registrarCalls(-60, 90).pod(pod -> pod.setEntryRecreations(1));

        assertThat(churn.cause(92)).isEqualTo("ENTRY_CHURN");
        assertThat(once.cause(92)).isEqualTo("REGISTRAR_LAG");
    }

    @Test
    void shouldBelieveTheRuleThatCountsEntriesItCannotRender() {
        Question counted = missing(Link.ENTRY_PRESENT)
                .server(-100, counts(Map.of("podEntryRenderFailures", 0, "podsSelected", 4)))
                .server(3, counts(Map.of("podEntryRenderFailures", 1, "podsSelected", 5)));
        Question refused = missing(Link.ENTRY_PRESENT).server(3, counts(Map.of("entryFailures", 2)));
        Question healthy = missing(Link.ENTRY_PRESENT)
                .registrarCalls(-60, 60)
                .server(3, counts(Map.of("podEntryRenderFailures", 0, "podsSelected", 5)));

        assertThat(counted.cause(62)).isEqualTo("ENTRY_MISSING");
        assertThat(counted.diagnosis(62).variant()).isEqualTo("RENDER");
        assertThat(counted.ruledOut(62)).contains("REGISTRAR_DOWN");
        assertThat(refused.diagnosis(62).variant()).isEqualTo("REFUSED");
        assertThat(healthy.cause(62)).isEqualTo("REGISTRAR_LAG");
    }

    @Test
    void shouldNotTakeCountsThatAreSaidAgainForASignOfLife() {
        Map<String, Integer> same = Map.of("podEntryRenderFailures", 1);
        Question again = missing(Link.ENTRY_PRESENT)
                .server(-100, counts(same))
                .server(-15, ServerSignalKind.REGISTRAR_STOPPED)
                .server(3, counts(same));

        assertThat(again.cause(62)).isEqualTo("REGISTRAR_DOWN");
    }

    @Test
    void shouldPreferTheRegistrarsOwnWordsToACountOfOtherPods() {
        Question logged = missing(Link.ENTRY_PRESENT)
                .server(1, ServerSignalKind.REGISTRAR_RECONCILING)
                .server(3, counts(Map.of("podEntryRenderFailures", 1)));

        assertThat(logged.cause(62)).isEqualTo("REGISTRAR_LAG");
    }

    @Test
    void shouldNotTakeAStoppedRegistrarForARuleThatFails() {
        Question stopped = missing(Link.ENTRY_PRESENT)
                .server(-100, counts(Map.of("podEntryRenderFailures", 1)))
                .server(-15, ServerSignalKind.REGISTRAR_STOPPED);

        assertThat(stopped.cause(62)).isEqualTo("REGISTRAR_DOWN");
    }

    @Test
    void shouldReportATemplateThatLostWhatTheRuleLooksFor() {
        Question lost = stranger().siblingOfAnotherTemplate(-100).registrarCalls(-60, 60);

        assertThat(lost.cause(62)).isEqualTo("ENTRY_MISSING");
        assertThat(lost.diagnosis(62).variant()).isEqualTo("NOT_SELECTED");
        assertThat(lost.ruledOut(62)).contains("ENTRY_NOT_EXPECTED", "REGISTRAR_DOWN", "REGISTRAR_LAG");
    }

    @Test
    void shouldNotReportARuleThatNoLongerSelectsPodsOfTheSameTemplate() {
        Question narrowed = stranger().sibling(-100);

        assertThat(narrowed.cause(62)).isEqualTo("ENTRY_NOT_EXPECTED");
        assertThat(narrowed.diagnosis(62).nothingToReport()).isTrue();
    }

    @Test
    void shouldStillAskForTheEntryOfASiblingWhereNobodyKnowsTheRules() {
        Question unknown = stranger().pod(pod -> pod.setSelectionKnown(false)).sibling(-100);

        assertThat(unknown.cause(62)).isNotEqualTo("ENTRY_NOT_EXPECTED");
    }

    private static Question stranger() {
        return missing(Link.ENTRY_PRESENT)
                .pod(pod -> pod.setExpectedBy("refusal").setRules(List.of()));
    }

    private static ServerSignal counts(Map<String, Integer> counts) {
        return ServerSignal.newBuilder()
                .setKind(ServerSignalKind.RULE_STATUS)
                .setSubject(Bodies.RULE)
                .setCounts(counts)
                .build();
    }
}
