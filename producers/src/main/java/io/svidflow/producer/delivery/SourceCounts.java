package io.svidflow.producer.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.svidflow.producer.coverage.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The metrics of one source. */
final class SourceCounts {

    private final Counter facts;
    private final Counter deadLetters;
    private final Counter unknownLines;
    private final Counter gaps;

    SourceCounts(MeterRegistry registry, Source source) {
        Tags tags = tags(source);
        facts = counter(registry, "svidflow.source.facts", "Facts that the source has handed over", tags);
        deadLetters = counter(
                registry, "svidflow.source.dead.letters", "Pieces of raw material that cannot be understood", tags);
        unknownLines = counter(registry, "svidflow.source.unknown.lines", "Log lines whose message nobody knows", tags);
        gaps = counter(registry, "svidflow.source.gaps", "Times in which the source could not observe", tags);
    }

    /** Shows what changes by itself. */
    static void show(MeterRegistry registry, SourceStatus.Of status, Source source, Clock clock) {
        Tags tags = tags(source);
        TimeGauge.builder(
                        "svidflow.source.observation.age",
                        () -> age(status.now().observedUntil(), clock),
                        TimeUnit.SECONDS)
                .description("Age of the instant up to which the source has observed")
                .tags(tags)
                .register(registry);
        TimeGauge.builder("svidflow.source.lag", () -> age(status.now().promisedUntil(), clock), TimeUnit.SECONDS)
                .description("Age of the instant up to which the last acknowledged heartbeat promises everything")
                .tags(tags)
                .register(registry);
        Gauge.builder("svidflow.source.outstanding", () -> status.now().outstanding())
                .description("Records on their way to the brokers")
                .baseUnit("records")
                .tags(tags)
                .register(registry);
    }

    /** Shows what all sources share. */
    static void show(MeterRegistry registry, Budget budget) {
        Gauge.builder("svidflow.delivery.outstanding", budget::used)
                .description("Bytes on their way to the brokers")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    /** Shows nothing more of a source that is gone. */
    static void forget(MeterRegistry registry, Source source) {
        registry.getMeters().stream()
                .filter(meter -> source.name().equals(meter.getId().getTag("source")))
                .forEach(registry::remove);
    }

    void facts(int count) {
        facts.increment(count);
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void unknownLine() {
        unknownLines.increment();
    }

    void gap() {
        gaps.increment();
    }

    private static double age(Instant instant, Clock clock) {
        if (instant.equals(Instant.MIN)) {
            return Double.NaN;
        }
        return Duration.between(instant, clock.instant()).toMillis() / 1000.0;
    }

    private static Tags tags(Source source) {
        return Tags.of("kind", source.kind().label(), "source", source.name());
    }

    private static Counter counter(MeterRegistry registry, String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
