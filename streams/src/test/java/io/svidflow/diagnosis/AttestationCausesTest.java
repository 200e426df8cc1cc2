package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Question.missing;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Clocks;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.scene.Bodies;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways in which the attestation of a workload fails on its node, each beside the one that looks like it. */
class AttestationCausesTest {

    private static final String TIMED_OUT = "Timed out collecting selectors: context canceled";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        REFUSED   | unable to perform request: Get "https://node-1:10250/pods": dial tcp 10.0.0.1:10250: connect: connection refused
        REFUSED   | unable to perform request: Get "http://127.0.0.1:10255/pods": EOF
        FORBIDDEN | unexpected status code on pods response: 403 Forbidden
        FORBIDDEN | unexpected status code on pods response: 401 Unauthorized
        X509      | unable to perform request: Get "https://node-1:10250/pods": tls: failed to verify certificate: x509: certificate signed by unknown authority
        TIMEOUT   | unable to perform request: Get "https://node-1:10250/pods": context deadline exceeded (Client.Timeout exceeded while awaiting headers)
        TIMEOUT   | unable to perform request: Get "https://node-1:10250/pods": net/http: TLS handshake timeout
        ADDRESS   | unable to perform request: Get "https://node-1:10250/pods": dial tcp: lookup node-1 on 10.96.0.10:53: no such host
                  | unable to decode kubelet response: unexpected end of JSON input
        """)
    void shouldSayHowTheKubeletFails(String kind, String error) {
        Diagnosis diagnosis =
                attestationFails("workloadattestor(k8s): " + error).diagnosis(60);

        assertThat(diagnosis.cause()).isEqualTo("KUBELET_ATTEST_FAIL");
        assertThat(diagnosis.variant()).isEqualTo(kind);
        assertThat(diagnosis.ruledOut()).extracting("cause").contains("CONTAINER_LOOKUP_FAIL", "ATTEST_TIMEOUT_LOAD");
    }

    @Test
    void shouldNotTakeAMissingContainerForARefusingKubelet() {
        Question container = attestationFails(Bodies.NO_CONTAINER).node(failedLookups(1));

        assertThat(container.cause(60)).isEqualTo("CONTAINER_LOOKUP_FAIL");
        assertThat(container.diagnosis(60).variant()).isEqualTo("ONE_POD");
        assertThat(container.ruledOut(60)).contains("KUBELET_ATTEST_FAIL", "ATTEST_TIMEOUT_LOAD");
    }

    @Test
    void shouldTellANodeThatMisreadsEveryContainerFromSomePods() {
        Question everybody = attestationFails(Bodies.NO_CONTAINER).node(failedLookups(3));
        Question some = attestationFails(Bodies.NO_CONTAINER)
                .node(failedLookups(3))
                .node(node -> node.setLookupWorksForOthers(true));

        assertThat(everybody.diagnosis(60).variant()).isEqualTo("WHOLE_NODE");
        assertThat(some.diagnosis(60).variant()).isEqualTo("SOME_PODS");
    }

    @Test
    void shouldCallTheLookupTransientWhileTheContainerHasJustRestarted() {
        Question restarted = attestationFails(Bodies.NO_CONTAINER).pod(pod -> pod.setRestarts(2));

        assertThat(restarted.diagnosis(55).variant()).isEqualTo("TRANSIENT");
        assertThat(restarted.diagnosis(55).confidence()).isLessThan(0.7);
        assertThat(restarted.diagnosis(61).variant()).isEqualTo("ONE_POD");
    }

    @Test
    void shouldNameTheHookThatWaitsForAnIdentityBeforeItsContainerCountsAsStarted() {
        Question hook =
                attestationFails(Bodies.NO_CONTAINER).pod(pod -> pod.setClocks(new Clocks(null, at(5), null, at(31))));

        assertThat(hook.cause(80)).isEqualTo("CONTAINER_LOOKUP_FAIL");
        assertThat(hook.diagnosis(80).variant()).isEqualTo("START_HOOK");
    }

    @Test
    void shouldTellAnOverloadedAttestorFromAKubeletThatHangs() {
        Question slow = attestationFails(TIMED_OUT)
                .node(node ->
                        node.setTimedOutCallers(2).setTimingOutSince(at(4)).setOthersInTime(true));
        Question everybody = attestationFails(TIMED_OUT)
                .node(node -> node.setTimedOutCallers(3).setTimingOutSince(at(4)));

        assertThat(slow.cause(60)).isEqualTo("ATTEST_TIMEOUT_LOAD");
        assertThat(slow.ruledOut(60)).contains("KUBELET_ATTEST_FAIL", "CONTAINER_LOOKUP_FAIL");
        assertThat(everybody.diagnosis(60).alternatives()).extracting("cause").contains("KUBELET_ATTEST_FAIL");
    }

    @Test
    void shouldBeSurerOfAnOverloadWhenTheAgentRanOutOfMemory() {
        Question alone = attestationFails(TIMED_OUT);
        Question killed = attestationFails(TIMED_OUT).node(node -> node.setAgentLastStop("OOMKilled"));

        assertThat(killed.diagnosis(60).confidence())
                .isGreaterThan(alone.diagnosis(60).confidence());
    }

    private static Question attestationFails(String error) {
        return missing(Link.WORKLOAD_ATTESTED).entry(5).pod(pod -> pod.setAttestError(error)
                .setRestarts(0));
    }

    private static Consumer<NodeTransition.Builder> failedLookups(int pods) {
        return node -> node.setLookupFailures(pods).setLookupFailingSince(at(3));
    }
}
