package io.svidflow.watermark;

import static io.svidflow.watermark.Watermarks.EVERY_NODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Farewell;
import io.svidflow.watermark.Watermarks.Heard;
import io.svidflow.watermark.Watermarks.Late;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatermarksTest {

    private static final Instant START = Instant.parse("2025-02-06T00:00:00Z");
    private static final Instant PUBLISHED = Instant.parse("2026-11-23T12:00:00Z");
    private static final String NODES = "kubernetes@svidflow.node-events";
    private static final String PODS = "kubernetes@svidflow.pod-events";
    private static final List<String> BOTH = List.of(NODES, PODS);
    private static final String LOG = "agent-log/node-1@svidflow.agent-events";

    private final Watermarks marks = new Watermarks(Duration.ofSeconds(15));

    @Test
    void shouldKnowNothingBeforeEverybodyAnnouncedHasSpoken() {
        hear(EVERY_NODE, NODES, 10, BOTH);

        assertThat(marks.everyNode()).isNull();
        assertThat(marks.progress()).isNull();
    }

    @Test
    void shouldBeTheMinimumOverTheStreams() {
        hear(EVERY_NODE, NODES, 10, BOTH);
        hear(EVERY_NODE, PODS, 7, BOTH);

        assertThat(marks.everyNode()).isEqualTo(at(7));
        assertThat(marks.of("node-1")).isEqualTo(at(7));
    }

    @Test
    void shouldLetANodesOwnStreamsHoldBackThatNodeAlone() {
        hear(EVERY_NODE, NODES, 10, List.of(NODES));
        hear("node-1", LOG, 4, List.of(LOG));

        assertThat(marks.of("node-1")).isEqualTo(at(4));
        assertThat(marks.of("node-2")).isEqualTo(at(10));
        assertThat(marks.progress()).isEqualTo(at(4));

        assertThat(marks.forget("node-1")).containsExactly(LOG);
        assertThat(marks.progress()).isEqualTo(at(10));
    }

    @Test
    void shouldWaitForEveryNodeThatHasNotSpokenInFull() {
        String fetches = "agent-log/node-1@svidflow.svid-fetch-events";
        hear(EVERY_NODE, NODES, 10, List.of(NODES));
        hear("node-1", LOG, 4, List.of(LOG, fetches));
        hear("node-2", "agent-log/node-2@svidflow.agent-events", 5, List.of());

        assertThat(marks.of("node-1")).isNull();
        assertThat(marks.progress()).isNull();

        hear("node-1", fetches, 6, List.of(LOG, fetches));
        assertThat(marks.progress()).isEqualTo(at(4));
    }

    @Test
    void shouldNeverGoBack() {
        hear(EVERY_NODE, NODES, 10, List.of(NODES));

        hear(EVERY_NODE, NODES, 9, List.of(NODES));
        assertThat(marks.everyNode()).isEqualTo(at(10));

        hear(EVERY_NODE, PODS, 5, BOTH);
        assertThat(marks.everyNode()).isEqualTo(at(10));
    }

    @Test
    void shouldNotWaitForAStreamThatHasFallenSilentUntilItComesBack() {
        hear(EVERY_NODE, NODES, 10, BOTH);
        hear(EVERY_NODE, PODS, 7, BOTH);
        Instant later = PUBLISHED.plusSeconds(16);
        marks.heard(EVERY_NODE, NODES, at(20), START, PUBLISHED.plusSeconds(10), BOTH, null);
        marks.heard(EVERY_NODE, NODES, at(26), START, later, BOTH, null);

        assertThat(marks.overdue(later)).extracting(Late::stream).containsExactly(PODS);
        assertThat(marks.overdue(later)).isEmpty();
        assertThat(marks.everyNode()).isEqualTo(at(26));

        Heard back = marks.heard(EVERY_NODE, PODS, at(20), START, later, BOTH, null);
        assertThat(back.cameBack()).isTrue();
        assertThat(marks.everyNode()).isEqualTo(at(26));
    }

    @Test
    void shouldBlameNobodyForASilenceOfAll() {
        hear(EVERY_NODE, NODES, 10, BOTH);
        hear(EVERY_NODE, PODS, 10, BOTH);
        Instant back = PUBLISHED.plusSeconds(300);
        marks.heard(EVERY_NODE, NODES, at(10), START, back, BOTH, null);

        assertThat(marks.overdue(back)).isEmpty();
        assertThat(marks.everyNode()).isEqualTo(at(10));
        for (int second = 1; second <= 16; second++) {
            marks.heard(EVERY_NODE, NODES, at(300 + second), START, back.plusSeconds(second), BOTH, null);
        }
        assertThat(marks.overdue(back.plusSeconds(15))).isEmpty();
        assertThat(marks.overdue(back.plusSeconds(16))).extracting(Late::stream).containsExactly(PODS);
    }

    @Test
    void shouldTellWhoWasStoppedAndWaitAsLongForWhoTakesOver() {
        hear(EVERY_NODE, NODES, 10, BOTH);
        hear(EVERY_NODE, PODS, 10, BOTH);
        leave(PODS, 10, Farewell.STOPPED);
        Instant later = PUBLISHED.plusSeconds(14);
        marks.heard(EVERY_NODE, NODES, at(24), START, later, BOTH, null);

        assertThat(marks.overdue(later)).isEmpty();
        assertThat(marks.everyNode()).as("nothing is concluded without it").isEqualTo(at(10));
        assertThat(marks.stopped()).containsExactly(PODS);

        assertThat(marks.overdue(later.plusSeconds(2)))
                .singleElement()
                .satisfies(late -> assertThat(late.progress().stoppedAt()).isEqualTo(at(10)));
        assertThat(leave(PODS, 10, Farewell.STOPPED).cameBack())
                .as("to stop is not to come back")
                .isFalse();
        assertThat(hear(EVERY_NODE, PODS, 26, BOTH).cameBack()).isTrue();
        assertThat(marks.stopped()).isEmpty();
    }

    @Test
    void shouldNotWaitForWhatIsGoneWhoeverAnnouncesIt() {
        hear(EVERY_NODE, NODES, 10, BOTH);
        hear(EVERY_NODE, PODS, 7, BOTH);
        leave(PODS, 7, Farewell.GONE);
        Instant later = PUBLISHED.plusSeconds(14);
        marks.heard(EVERY_NODE, NODES, at(24), START, later, BOTH, null);

        assertThat(marks.everyNode()).isEqualTo(at(24));
        assertThat(marks.overdue(later.plusSeconds(2))).isEmpty();
        assertThat(marks.streams(EVERY_NODE)).containsOnlyKeys(NODES);

        hear(EVERY_NODE, PODS, 25, BOTH);
        assertThat(marks.streams(EVERY_NODE)).containsOnlyKeys(NODES, PODS);
    }

    @Test
    void shouldForgetWhatHasBeenGoneForLong() {
        hear(EVERY_NODE, NODES, 10, List.of(NODES));
        List<String> forgotten = new ArrayList<>();
        for (int pod = 0; pod < 200; pod++) {
            String log = "server-log/spire-" + pod + "@svidflow.server-events";
            hear(EVERY_NODE, log, 10 + pod, List.of());
            leave(log, 10 + pod, Farewell.GONE).forgotten().ifPresent(forgotten::add);
        }

        assertThat(forgotten).hasSize(136).startsWith("server-log/spire-0@svidflow.server-events");
    }

    @Test
    void shouldContinueFromWhatWasSaved() {
        Heard nodes = hear(EVERY_NODE, NODES, 10, BOTH);
        Heard pods = hear(EVERY_NODE, PODS, 7, BOTH);

        Watermarks restored = new Watermarks(Duration.ofSeconds(15));
        nodes.changed().forEach((stream, progress) -> restored.restore(EVERY_NODE, stream, progress));
        assertThat(restored.everyNode()).isNull();
        pods.changed().forEach((stream, progress) -> restored.restore(EVERY_NODE, stream, progress));

        assertThat(restored.everyNode()).isEqualTo(at(7));
    }

    private Heard hear(String scope, String stream, long second, List<String> expected) {
        return marks.heard(scope, stream, at(second), START, PUBLISHED, expected, null);
    }

    private Heard leave(String stream, long second, Farewell farewell) {
        return marks.heard(EVERY_NODE, stream, at(second), START, PUBLISHED.plusSeconds(second - 10), BOTH, farewell);
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
