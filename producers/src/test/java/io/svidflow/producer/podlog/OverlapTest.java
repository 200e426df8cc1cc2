package io.svidflow.producer.podlog;

import static io.svidflow.producer.podlog.Overlap.Line.KNOWN;
import static io.svidflow.producer.podlog.Overlap.Line.NEW;
import static io.svidflow.producer.podlog.Overlap.Line.NEW_AFTER_A_GAP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OverlapTest {

    private static final Instant LAST = Instant.parse("2026-11-23T05:41:51.488950984Z");

    private final Cursor cursor =
            Cursor.before(3).behind(LAST.minusMillis(5)).behind(LAST).behind(LAST);

    @Test
    void shouldSkipWhatWasReadAndTakeWhatFollows() {
        Overlap overlap = new Overlap(cursor);

        assertThat(overlap.next(LAST.minusMillis(5))).isEqualTo(KNOWN);
        assertThat(overlap.next(LAST)).isEqualTo(KNOWN);
        assertThat(overlap.next(LAST)).isEqualTo(KNOWN);
        assertThat(overlap.next(LAST)).as("a third line of that time").isEqualTo(NEW);
        assertThat(overlap.next(LAST.minusNanos(1))).as("behind what was read").isEqualTo(NEW);
    }

    @Test
    void shouldSeeThatTheLastLineIsNoLongerServed() {
        Overlap overlap = new Overlap(cursor);

        assertThat(overlap.next(LAST.plusNanos(1))).isEqualTo(NEW_AFTER_A_GAP);
        assertThat(overlap.next(LAST.plusNanos(2))).isEqualTo(NEW);
    }

    @Test
    void shouldTakeEverythingOfALogThatNothingHasBeenReadOf() {
        assertThat(new Overlap(Cursor.before(0)).next(LAST)).isEqualTo(NEW);
    }

    @Test
    void shouldKeepAPositionAsText() {
        assertThat(Cursor.resumed(cursor.mark())).isEqualTo(cursor);
        assertThat(Cursor.resumed(Cursor.before(2).mark())).isEqualTo(Cursor.before(2));
    }
}
