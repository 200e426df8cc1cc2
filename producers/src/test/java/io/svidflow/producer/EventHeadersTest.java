package io.svidflow.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventHeadersTest {

    private static final Instant AT = Instant.parse("2026-11-23T05:00:00Z");

    @Test
    void shouldGiveEqualEventsOfTwoProcessesTheIdsThatOneProcessWouldHaveGiven() {
        EventHeaders one = new EventHeaders("lab", "agent-log/node-1");
        List<String> together = List.of(id(one, "refused"), id(one, "fetched"), id(one, "refused"), id(one, "refused"));

        EventHeaders before = new EventHeaders("lab", "agent-log/node-1");
        List<String> apart = new ArrayList<>(List.of(id(before, "refused"), id(before, "fetched")));
        EventHeaders after = new EventHeaders("lab", "agent-log/node-1");
        after.resumeOrdinals(before.ordinals());
        apart.addAll(List.of(id(after, "refused"), id(after, "refused")));

        assertThat(apart).isEqualTo(together).doesNotHaveDuplicates();
    }

    @Test
    void shouldHandOnOnlyEventsWhoseEqualsMayStillCome() {
        EventHeaders headers = new EventHeaders("lab", "agent-log/node-1");
        for (int second = 0; second < 1000; second++) {
            headers.header(null, AT.plusSeconds(second), AT, 0, "pod", "refused", origin());
        }

        assertThat(headers.ordinals().split(",")).hasSize(3);
    }

    @Test
    void shouldStartFromNothingAndRefuseWhatItNeverWrote() {
        EventHeaders headers = new EventHeaders("lab", "agent-log/node-1");
        headers.resumeOrdinals("");

        assertThat(headers.ordinals()).isEmpty();
        assertThatThrownBy(() -> headers.resumeOrdinals("nonsense"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense");
    }

    private static String id(EventHeaders headers, String content) {
        return headers.header("node-1", AT, AT, 0, "pod", content, origin()).getId();
    }

    private static Origin origin() {
        return Origin.newBuilder()
                .setKind(OriginKind.FILE)
                .setLocation("some.log")
                .build();
    }
}
