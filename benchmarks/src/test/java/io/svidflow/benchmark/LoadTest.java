package io.svidflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.EntryEvent;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.producer.Publication;
import io.svidflow.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadTest {

    private static final Instant START = Instant.parse("2025-02-06T00:00:00Z");
    private static final long SEED = 42;
    private static final LoadShape SMALL = new LoadShape(20, 5, 0.6, 0.1, Duration.ofMinutes(1), SEED);

    @Test
    void shouldBeTheSameForTheSameSeed() {
        assertThat(all(SMALL)).isEqualTo(all(SMALL));
        assertThat(all(new LoadShape(20, 5, 0.6, 0.1, Duration.ofMinutes(1), SEED + 1)))
                .isNotEqualTo(all(SMALL));
    }

    @Test
    void shouldReplaceAndStickAsManyPodsAsAsked() {
        List<Publication> all = all(SMALL);

        assertThat(pods(all).filter(PodObserved::getDeleted))
                .as("seed %d", SEED)
                .hasSizeBetween(58, 60);
        long created = pods(all).filter(pod -> !pod.getDeleted()).count() - 20; // the agents'
        long entries = all.stream()
                .filter(publication -> publication.value() instanceof EntryEvent event
                        && event.getBody() instanceof EntryObserved entry
                        && !entry.getDeleted())
                .count();
        assertThat(created - entries).as("pods without entry, seed %d", SEED).isBetween(9L, 12L);
    }

    @Test
    void shouldPublishWhatIsObservedBeforeTheHeartbeatThatCoversIt() {
        Load load = new Load(SMALL, START);
        load.snapshot();
        for (int second = 1; second <= 10; second++) {
            Instant until = START.plusSeconds(second);
            List<Publication> publications = load.nextSecond();

            assertThat(publications).allSatisfy(publication -> assertThat(publication.observedAt())
                    .isAfter(until.minusSeconds(1))
                    .isBeforeOrEqualTo(until));
            assertThat(publications.get(publications.size() - 1).observedAt()).isEqualTo(until);
        }
    }

    @Test
    void shouldKnowWhenEverybodyHasSpoken() {
        Load load = new Load(SMALL, START);

        assertThat(load.decisiveSecond(START)).isZero();
        assertThat(load.decisiveSecond(START.plusMillis(10_001))).isEqualTo(15);
        assertThat(load.decisiveSecond(START.plusSeconds(10))).isEqualTo(14);
    }

    @Test
    void shouldRefuseALoadThatIsNone() {
        assertThatThrownBy(() -> new LoadShape(0, 1, 0, 0, Duration.ofMinutes(1), SEED))
                .hasMessage("nodes must be at least 1, but is 0");
        assertThatThrownBy(() -> new LoadShape(1, 1, 1.5, 0, Duration.ofMinutes(1), SEED))
                .hasMessage("churnPerMinute must be from 0 to 1, but is 1.5");
    }

    private static List<Publication> all(LoadShape shape) {
        Load load = new Load(shape, START);
        List<Publication> all = new ArrayList<>(load.snapshot());
        while (load.seconds() < shape.lasts().getSeconds()) {
            all.addAll(load.nextSecond());
        }
        return all;
    }

    private static Stream<PodObserved> pods(List<Publication> all) {
        return all.stream()
                .filter(publication -> publication.topic() == Topics.POD_EVENTS)
                .map(publication -> ((PodEvent) publication.value()).getBody())
                .filter(body -> !(body instanceof Heartbeat))
                .map(PodObserved.class::cast);
    }
}
