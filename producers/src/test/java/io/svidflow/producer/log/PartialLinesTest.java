package io.svidflow.producer.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.producer.log.PartialLines.Whole;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartialLinesTest {

    private static final String AT = "2026-11-23T05:41:51.488950984Z";

    private final PartialLines parts = new PartialLines();

    @Test
    void shouldLetOtherLinesPass() {
        assertThat(parts.add("time=\"x\" msg=y", 1)).containsExactly(new Whole("time=\"x\" msg=y", 1, 1));
        assertThat(parts.add(AT + " stdout F a P b", 2)).containsExactly(new Whole(AT + " stdout F a P b", 2, 1));
        assertThat(parts.incomplete()).isFalse();
    }

    @Test
    void shouldJoinPartsUnderTheTimeOfTheFirst() {
        assertThat(parts.add(AT + " stderr P one", 1)).isEmpty();
        assertThat(parts.add("2026-11-23T05:41:51.5Z stderr P two", 2)).isEmpty();
        assertThat(parts.incomplete()).isTrue();

        assertThat(parts.add("2026-11-23T05:41:51.6Z stderr F  three", 3))
                .containsExactly(new Whole(AT + " stderr F onetwo three", 1, 3));
    }

    @Test
    void shouldLetLinesOfTheOtherStreamWaitSoThatTheOrderStays() {
        assertThat(parts.add(AT + " stderr P one", 1)).isEmpty();
        assertThat(parts.add(AT + " stdout F other", 2)).isEmpty();

        assertThat(parts.add(AT + " stderr F two", 3))
                .containsExactly(new Whole(AT + " stderr F onetwo", 1, 2), new Whole(AT + " stdout F other", 2, 1));
    }

    @Test
    void shouldGiveAnIncompleteLineAsSuch() {
        parts.add(AT + " stderr P one", 1);

        assertThat(parts.flush()).containsExactly(new Whole(AT + " stderr P one", 1, 1));
        assertThat(parts.incomplete()).isFalse();
    }

    @Test
    void shouldNotWaitForEverNorHoldWithoutBound() {
        parts.add(AT + " stderr P one", 1);
        List<Whole> given = List.of();
        for (int i = 2; given.isEmpty() && i < 1000; i++) {
            given = parts.add(AT + " stdout F other", i);
        }
        assertThat(given).hasSizeBetween(2, 100);

        parts.add(AT + " stderr P " + "x".repeat(1 << 20), 1);
        assertThat(parts.incomplete()).isFalse();
    }
}
