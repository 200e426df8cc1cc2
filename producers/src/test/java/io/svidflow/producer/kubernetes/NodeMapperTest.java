package io.svidflow.producer.kubernetes;

import static io.svidflow.producer.kubernetes.Objects.AT;
import static io.svidflow.producer.kubernetes.Objects.nodeOf;
import static io.svidflow.producer.kubernetes.Objects.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.svidflow.event.ConditionStatus;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.NodeObserved;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.Publication;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeMapperTest {

    private final NodeMapper mapper = new NodeMapper(new EventHeaders("lab", "kubernetes"));

    @Test
    void shouldSayWhichBootItIsAndSinceWhenTheNodeIsReady() {
        Publication publication = mapper.map(seen(node("True")));

        NodeObserved node = nodeOf(publication);
        assertThat(publication.key()).isEqualTo("lab/node-1");
        assertThat(node.getBootId()).isEqualTo("boot-1");
        assertThat(node.getReady()).isEqualTo(ConditionStatus.TRUE);
        assertThat(node.getReadySince()).isEqualTo(Instant.parse("2025-02-06T00:20:00Z"));
        assertThat(((NodeEvent) publication.value()).getHeader().getEventTime()).isEqualTo(AT);
    }

    @Test
    void shouldReadAStatusThatIsMissingOrUnheardOfAsUnknown() {
        Node bare = new NodeBuilder(node("True")).withStatus(null).build();

        assertThat(nodeOf(mapper.map(seen(node("Maybe")))).getReady()).isEqualTo(ConditionStatus.UNKNOWN);
        assertThat(nodeOf(mapper.map(seen(bare))).getReady()).isEqualTo(ConditionStatus.UNKNOWN);
        assertThat(nodeOf(mapper.map(seen(bare))).getBootId()).isNull();
    }

    @Test
    void shouldKeepTheFieldsOfANodeThatIsGone() {
        NodeObserved gone = nodeOf(mapper.map(seen(node("Unknown"), Change.DELETED, 1)));

        assertThat(gone.getDeleted()).isTrue();
        assertThat(gone.getUid()).isEqualTo("uid-1");
    }

    @Test
    void shouldNameWhatIsMissing() {
        Node nameless = new NodeBuilder()
                .withNewMetadata()
                .withUid("uid-1")
                .endMetadata()
                .build();

        assertThatThrownBy(() -> mapper.map(seen(nameless)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Node without metadata.name");
    }

    private static Node node(String ready) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("node-1")
                .withUid("uid-1")
                .endMetadata()
                .withNewStatus()
                .withNewNodeInfo()
                .withBootID("boot-1")
                .endNodeInfo()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .withLastTransitionTime("2025-02-06T01:20:00+01:00")
                .endCondition()
                .endStatus()
                .build();
    }
}
