package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Question.missing;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Link;
import io.svidflow.scene.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A volume that cannot be mounted, beside the agent that is not there. */
class CsiVolumeStuckTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        NOT_REGISTERED | mounter.SetUpAt failed to get CSI client: driver name csi.spiffe.io not found in the list of registered CSI drivers
        NOT_REGISTERED | dial unix /var/lib/kubelet/plugins/csi.spiffe.io/csi.sock: connect: connection refused
        NOT_PUBLISHED  | MountVolume.SetUp failed for volume "spiffe" : rpc error: code = Internal desc = unable to mount
        """)
    void shouldNameTheVolumeAndSayWhatIsWrongWithIt(String kind, String error) {
        Question stuck =
                missing(Link.SOCKET).pod(pod -> pod.setMountError(error).setMountFailingSince(at(2)));

        assertThat(stuck.cause(70)).isEqualTo("CSI_VOLUME_STUCK");
        assertThat(stuck.diagnosis(70).variant()).isEqualTo(kind);
        assertThat(stuck.ruledOut(70)).contains("KUBELET_ATTEST_FAIL", "AGENT_NOT_READY", "REGISTRAR_LAG");
    }

    @Test
    void shouldLeaveTheHeadlineToTheAgentThatIsNotThere() {
        Question down = missing(Link.AGENT_READY)
                .pod(pod -> pod.setMountError(Bodies.mountFails("p", 2, true).getMessage())
                        .setMountFailingSince(at(2)))
                .node(node -> node.setAgentReady(false).setAgentNotReadySince(at(-20)));

        assertThat(down.cause(70)).isEqualTo("AGENT_NOT_READY");
        assertThat(down.diagnosis(70).alternatives()).extracting("cause").contains("CSI_VOLUME_STUCK");
    }

    @Test
    void shouldRuleItOutWhereNothingFailsToMount() {
        assertThat(missing(Link.ENTRY_PRESENT).ruledOut(70)).contains("CSI_VOLUME_STUCK");
    }
}
