package io.svidflow.topology;

import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Counters among Kafka Streams' own metrics, group {@code stream-svidflow-metrics}. */
final class Counters {

    private Counters() {}

    static Sensor of(ProcessingContext context, String stage, String task, String name, String description) {
        Sensor sensor =
                context.metrics().addRateTotalSensor("svidflow", task, stage + "-" + name, Sensor.RecordingLevel.INFO);
        if (!sensor.hasMetrics()) {
            throw new IllegalStateException("no metric for " + description);
        }
        return sensor;
    }
}
