package io.svidflow.producer.spire.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.live.Position;
import io.svidflow.producer.spire.NodeDirectory;
import io.svidflow.producer.spire.RoutedAgents;
import io.svidflow.producer.spire.RoutedEntries;
import io.svidflow.producer.spire.Told;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MemoryTest {

    private final Side before = new Side();
    private final Side after = new Side();

    @Test
    void shouldHandOverWhatWasToldOf() {
        before.entries.restore(new Told("entry-1", "node-1", "spiffe://lab.example/a", "spiffe://lab.example/b"));
        before.entries.restore(new Told("entry-2", null, "spiffe://lab.example/a", "spiffe://lab.example/b"));
        before.agents.restore(new Told("spiffe://lab.example/agent", "node-1", "spiffe://lab.example/agent", ""));

        after.memory.restore(position(before.memory.marks()));

        assertThat(after.entries.told())
                .containsExactlyInAnyOrderElementsOf(before.entries.told().toList());
        assertThat(after.agents.told())
                .containsExactlyElementsOf(before.agents.told().toList());
        assertThat(after.memory.marks()).isEqualTo(before.memory.marks());
    }

    @Test
    void shouldRememberTenThousandEntriesInLessThanABrokerTakes() {
        fill(10_000);

        assertThat(before.memory.marks().get("told")).hasSizeLessThan(Memory.LARGEST);
    }

    @Test
    void shouldRememberNothingRatherThanSendWhatNoBrokerTakes() {
        fill(40_000);

        assertThat(before.memory.marks()).isEmpty();
    }

    @Test
    void shouldDoWithoutAMemoryThatCannotBeRead() {
        SortedMap<String, String> marks = new TreeMap<>();
        marks.put("told", "no deflated text");

        after.memory.restore(position(marks));

        assertThat(after.entries.told()).isEmpty();
    }

    private void fill(int entries) {
        for (int number = 0; number < entries; number++) {
            String node = "ip-10-0-" + number / 25 + ".ec2.internal";
            String id = UUID.nameUUIDFromBytes(new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16)})
                    .toString();
            before.entries.restore(new Told(
                    id,
                    node,
                    "spiffe://lab.example/ns/shop-" + number % 40 + "/sa/cart-" + number % 7,
                    "spiffe://lab.example/spire/agent/k8s_psat/lab/"
                            + UUID.nameUUIDFromBytes(node.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        }
    }

    private static Position position(SortedMap<String, String> marks) {
        return new Position(Instant.EPOCH, marks);
    }

    /** What one process knows. */
    private static final class Side {
        private final EventHeaders headers = new EventHeaders("lab", "spire-server");
        private final NodeDirectory directory = new NodeDirectory();
        private final RoutedAgents agents = new RoutedAgents(headers, directory);
        private final RoutedEntries entries = new RoutedEntries(headers, directory);
        private final Memory memory = new Memory(agents, entries);
    }
}
