package io.svidflow.producer.shipped;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How far the topic has been read, and how far the shippers say that they have come. A quiet log is only known to be quiet
 * from its shipper's signs of life.
 */
final class Progress {

    private static final String MARK = "p";

    private record Read(long next, Instant at, boolean toTheEnd) {}

    private final Map<Integer, Read> partitions = new HashMap<>();
    private final Map<String, Instant> alive = new HashMap<>();

    /** Reading a partition begins at an offset. */
    void begin(int partition, long offset) {
        partitions.put(partition, new Read(offset, Instant.MIN, false));
    }

    /** A record has been read. */
    void read(ConsumerRecord<byte[], byte[]> record) {
        partitions.put(
                record.partition(), new Read(record.offset() + 1, Instant.ofEpochMilli(record.timestamp()), false));
    }

    /**
     * Whether there is nothing behind what has been read of a partition.
     *
     * @param next next offset to be read
     */
    void position(int partition, long next, boolean toTheEnd) {
        Read before = partitions.get(partition);
        partitions.put(partition, new Read(next, before == null ? Instant.MIN : before.at(), toTheEnd));
    }

    /** A shipper has given a sign of life. */
    void alive(String node, Instant at) {
        alive.merge(node, at, (one, other) -> one.isAfter(other) ? one : other);
    }

    /**
     * Up to when a log is complete, but for the lateness of its lines.
     *
     * @param node whose shipper ships it
     * @param line time of its latest line, {@link Instant#MIN} if none has been read
     */
    Instant of(String node, Instant line) {
        Instant shipped = alive.getOrDefault(node, Instant.MIN);
        Instant upTo = shipped.isAfter(line) ? shipped : line;
        for (Read read : partitions.values()) {
            if (!read.toTheEnd() && read.at().isBefore(upTo)) {
                upTo = read.at();
            }
        }
        return upTo;
    }

    /** Whether there is nothing behind what has been read of any partition. */
    boolean toTheEnd() {
        return !partitions.isEmpty() && partitions.values().stream().allMatch(Read::toTheEnd);
    }

    /** Nobody asks for a node's shipper any more. */
    void forget(String node) {
        alive.remove(node);
    }

    /** Where reading goes on. */
    Map<String, String> marks() {
        Map<String, String> marks = new HashMap<>();
        partitions.forEach((partition, read) -> marks.put(MARK + partition, Long.toString(read.next())));
        return marks;
    }

    static String mark(int partition) {
        return MARK + partition;
    }
}
