package io.svidflow.producer.spire.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.producer.coverage.Gap;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.RecordingOutlets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VoiceTest {

    private static final Source SERVER = Source.of(SourceKind.SPIRE_SERVER);
    private static final Instant START = Instant.parse("2025-02-06T00:20:00Z");

    private RecordingOutlets outlets = new RecordingOutlets("lab");
    private final Hands hands = new Hands();
    private Voice voice = voice();

    @Test
    void shouldNeverSayAnythingBehindAPromise() throws Exception {
        voice.promise();
        Instant promised = recording().lastPosition().orElseThrow().until();

        hands.now = START.minusSeconds(3600);

        assertThat(voice.next()).isAfter(promised);
        assertThat(voice.next()).isAfter(promised.plusNanos(1000));
        voice.promise();
        assertThat(recording().lastPosition().orElseThrow().until()).isAfter(promised);
    }

    @Test
    void shouldPromiseOnceASecondButNotBeforeTheFirstRound() throws Exception {
        voice.keepPromising();
        assertThat(recording().lastPosition()).isEmpty();

        voice.promise();
        hands.now = START.plusMillis(900);
        voice.keepPromising();
        assertThat(recording().lastPosition().orElseThrow().until()).isEqualTo(START);

        hands.now = START.plusMillis(1000);
        voice.keepPromising();
        assertThat(recording().lastPosition().orElseThrow().until()).isEqualTo(hands.now);
    }

    @Test
    void shouldTellALongSilenceAsAGapAlsoOneThatTheProcessSleptThrough() throws Exception {
        voice.promise();
        hands.now = START.plusSeconds(15);
        voice.promise();
        assertThat(recording().gaps()).isEmpty();

        hands.now = START.plusSeconds(40);
        voice.promise();
        assertThat(recording().gaps()).containsExactly(new Gap(START.plusSeconds(15), START.plusSeconds(40)));

        outlets = outlets.restart();
        hands.now = START.plusSeconds(100);
        voice = voice();
        voice.promise();
        assertThat(recording().gaps()).containsExactly(new Gap(START.plusSeconds(40), START.plusSeconds(100)));
    }

    @Test
    void shouldKeepTheMarksOfItsPredecessorUntilItHasItsOwn() throws Exception {
        TreeMap<String, String> marks = new TreeMap<>();
        marks.put("told", "what was told");
        voice.remember(marks);
        voice.promise();

        outlets = outlets.restart();
        voice = voice();
        voice.promise();

        assertThat(recording().lastPosition().orElseThrow().marks()).isEqualTo(marks);
    }

    private Voice voice() {
        return new Voice(outlets.of(SERVER), "in-process", hands);
    }

    private RecordingOutlets.Recording recording() {
        return outlets.of(SERVER);
    }

    /** A clock that is set by hand. */
    private static final class Hands extends Clock {
        private Instant now = START;

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
