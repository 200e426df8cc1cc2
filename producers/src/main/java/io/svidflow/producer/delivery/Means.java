package io.svidflow.producer.delivery;

import io.svidflow.producer.live.Backoff;
import io.svidflow.producer.publish.KafkaRecords;
import java.time.Clock;

/** What the sources of a process share. */
record Means(
        String cluster,
        ExpectedSources expected,
        Brokers brokers,
        KafkaRecords records,
        Budget budget,
        Promiser promiser,
        Backoff backoff,
        Clock clock) {}
