package io.svidflow.cli.source;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.svidflow.cli.run.HealthEndpoint;
import io.svidflow.cli.run.Held;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.delivery.Delivery;
import io.svidflow.producer.delivery.DeliverySettings;
import io.svidflow.producer.delivery.KafkaCheckpoints;
import io.svidflow.producer.health.ProducerHealth;
import io.svidflow.producer.live.Backoff;
import io.svidflow.producer.live.Reader;
import io.svidflow.producer.live.Supervisor;
import io.svidflow.serde.EventSerdes;
import java.time.Clock;
import java.time.Duration;

/** The sources of this process, at work. */
public final class ProducersRun implements AutoCloseable {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final Duration MOST_LAG = Duration.ofSeconds(60);

    private final Held held = new Held();

    /** @throws java.io.UncheckedIOException if nobody can listen where health is to be served */
    static ProducersRun start(ProducersPlan plan, Clock clock) {
        ProducersRun run = new ProducersRun();
        try {
            run.begin(plan, clock);
            return run;
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
    }

    private void begin(ProducersPlan plan, Clock clock) {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        held.opened((AutoCloseable) metrics::close);
        EventSerdes serdes = new EventSerdes(plan.installation().settings());
        KafkaCheckpoints checkpoints = held.opened(
                new KafkaCheckpoints(plan.cluster(), plan.installation().settings(), serdes, BACKOFF, clock));
        Delivery delivery = held.opened(new Delivery(
                new DeliverySettings(
                        plan.cluster(), plan::partitions, plan.expected(), plan.outstandingBytes(), BACKOFF),
                plan.installation().settings(),
                serdes,
                checkpoints,
                metrics,
                clock));
        plan.sources().forEach(planned -> held.opened(planned.resource()));
        Supervisor supervisor = held.opened(new Supervisor(delivery::outletsOf, BACKOFF, metrics, clock));
        ProducerHealth health = new ProducerHealth(supervisor, delivery::statuses, MOST_LAG, clock);
        plan.listen()
                .ifPresent(where -> held.opened(HealthEndpoint.open(ProducersPlan.LISTEN, where, health, metrics)));
        plan.sources().forEach(planned -> supervisor.start(planned.source()));
        if (plan.expected().names(Source.of(SourceKind.READER))) {
            supervisor.start(new Reader(clock));
        }
    }

    /** The last first: sources stop before what they said is written, and the connections close at the end. */
    @Override
    public void close() {
        held.close();
    }
}
