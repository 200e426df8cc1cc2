package io.svidflow.producer.spire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeDirectoryTest {

    private final NodeDirectory directory = new NodeDirectory();

    @Test
    void shouldPlaceAnAgentByTheNodeInItsName() {
        directory.node("uid-1", "node-1");

        assertThat(directory.nodeOf("spiffe://lab.example/spire/agent/k8s_psat/lab/uid-1"))
                .contains("node-1");
        assertThat(directory.nodeOf("spiffe://lab.example/spire/agent/k8s_psat/lab/uid-2"))
                .isEmpty();
    }

    @Test
    void shouldPlaceAnAgentByThePodInItsName() {
        directory.pod("pod-1", "node-2");

        assertThat(directory.nodeOf("spiffe://lab.example/spire/agent/k8s_psat/lab/pod/pod-1"))
                .contains("node-2");
    }

    @Test
    void shouldBelieveWhatAnAgentProvedMoreThanItsName() {
        directory.node("uid-1", "node-1");
        directory.agent("spiffe://lab.example/spire/agent/k8s_psat/lab/uid-1", "node-3");

        assertThat(directory.nodeOf("spiffe://lab.example/spire/agent/k8s_psat/lab/uid-1"))
                .contains("node-3");
    }

    @Test
    void shouldNotPlaceWhatIsNoAgent() {
        assertThat(directory.nodeOf("spiffe://lab.example/spire/server")).isEmpty();
        assertThat(directory.nodeOf("")).isEmpty();
        assertThat(NodeDirectory.nodeUid("spiffe://lab.example/spire/agent/join_token/abc"))
                .isEmpty();
    }
}
