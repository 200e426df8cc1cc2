package io.svidflow.producer.shipped;

import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.live.Position;
import io.svidflow.producer.shipped.Envelope.Line;
import io.svidflow.producer.tail.LogDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The log of one source as it comes in the shipper's topic. */
final class ShippedLog {

    private static final String NODE = "node";

    private final LogDelivery delivery;
    private String node;
    private Instant latest = Instant.MIN;

    ShippedLog(LogDelivery delivery) {
        this.delivery = delivery;
        this.node = delivery.resumed().map(position -> position.mark(NODE, "")).orElse("");
    }

    /** From where an earlier process had not delivered this log; 0 if it does not say. */
    long from(int partition) {
        return delivery.resumed()
                .map(position -> Long.parseLong(position.mark(Progress.mark(partition), "0")))
                .orElse(0L);
    }

    /** Whether an earlier process read the log from a topic. */
    static boolean isOfATopic(Position position) {
        return position.marks().containsKey(NODE);
    }

    void take(Line line, ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        if (record.offset() < from(record.partition())) {
            return;
        }
        node = line.node();
        delivery.line(line.text(), origin(record));
        // a line with a wrong time must not promise the future
        Instant written = delivery.reached();
        Instant shipped = Instant.ofEpochMilli(record.timestamp());
        Instant at = written.isBefore(shipped) ? written : shipped;
        latest = at.isAfter(latest) ? at : latest;
    }

    void flush() throws InterruptedException {
        delivery.flush();
    }

    /** Promises what the shipper's progress allows. */
    void promise(Progress progress, Duration lateness) throws InterruptedException {
        Map<String, String> marks = new HashMap<>(progress.marks());
        marks.put(NODE, node);
        Instant upTo = progress.of(node, latest);
        if (upTo.equals(Instant.MIN)) {
            delivery.reached(marks);
        } else {
            delivery.observed(upTo.minus(lateness), marks);
        }
    }

    /** Node that the log was last written on; empty if nobody said. */
    String node() {
        return node;
    }

    /** When the log, or the shipper on its node, was last heard of. */
    Instant heard(Progress progress) {
        Instant now = progress.of(node, latest);
        return delivery.promised().filter(before -> before.isAfter(now)).orElse(now);
    }

    void missed(Instant to, String why) throws InterruptedException {
        delivery.missed(to, why);
    }

    void failed(String error, String topic) throws InterruptedException {
        delivery.failed(
                "ReadLogTopic",
                error,
                Origin.newBuilder().setKind(OriginKind.KAFKA).setLocation(topic).build());
    }

    static Origin origin(ConsumerRecord<byte[], byte[]> record) {
        return Origin.newBuilder()
                .setKind(OriginKind.KAFKA)
                .setLocation(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset())
                .build();
    }
}
