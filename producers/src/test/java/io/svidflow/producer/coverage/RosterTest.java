package io.svidflow.producer.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RosterTest {

    private static final Instant START = Instant.parse("2025-02-06T00:00:00Z");
    private static final Source LOG = new Source(SourceKind.AGENT_LOG, "node-1");

    private final Roster roster = new Roster(new TreeMap<>(
            java.util.Map.of(LOG, List.of(new Gap(after(60), after(90)), new Gap(after(10), after(20))))));

    @Test
    void shouldNotCoverWhatLiesWithinAGap() {
        assertThat(roster.covers(LOG, after(10))).isTrue();
        assertThat(roster.covers(LOG, after(15))).isFalse();
        assertThat(roster.covers(LOG, after(20))).isTrue();
    }

    @Test
    void shouldBeginAnewAfterEachGap() {
        assertThat(roster.coveredSince(LOG, START, after(5))).isEqualTo(START);
        assertThat(roster.coveredSince(LOG, START, after(20))).isEqualTo(after(20));
        assertThat(roster.coveredSince(LOG, START, after(100))).isEqualTo(after(90));
    }

    @Test
    void shouldRefuseAGapThatEndsBeforeItBegins() {
        assertThatThrownBy(() -> new Gap(after(2), after(1))).hasMessageContaining("must end after it begins");
    }

    @Test
    void shouldRefuseASourceWithoutItsNode() {
        assertThatThrownBy(() -> Source.of(SourceKind.AGENT_LOG)).hasMessageContaining("agent-log belongs to NODES");
    }

    private static Instant after(long seconds) {
        return START.plusSeconds(seconds);
    }
}
