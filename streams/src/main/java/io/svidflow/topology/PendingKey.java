package io.svidflow.topology;

import io.svidflow.event.EventHeader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where an event stands in the queue of its subject: by observed time, then by source, place in the source and id. The
 * order does not depend on the order of arrival.
 */
record PendingKey(String subject, Instant at, String rank) implements Comparable<PendingKey> {

    private static final char SEPARATOR = '\n';

    static PendingKey of(String subject, EventHeader header) {
        return new PendingKey(
                subject,
                header.getObservedTime(),
                header.getSource() + SEPARATOR + ordered(header.getSequence()) + SEPARATOR + header.getId());
    }

    static PendingKey parse(String text) {
        int first = text.indexOf(SEPARATOR);
        int second = text.indexOf(SEPARATOR, first + 1);
        long micros = Long.parseUnsignedLong(text.substring(first + 1, second), 16) + Long.MIN_VALUE;
        return new PendingKey(
                text.substring(0, first), Instant.EPOCH.plus(micros, ChronoUnit.MICROS), text.substring(second + 1));
    }

    @Override
    public int compareTo(PendingKey other) {
        int time = at.compareTo(other.at);
        return time == 0 ? rank.compareTo(other.rank) : time;
    }

    @Override
    public String toString() {
        return subject + SEPARATOR + ordered(ChronoUnit.MICROS.between(Instant.EPOCH, at)) + SEPARATOR + rank;
    }

    static String ordered(long number) {
        return String.format("%016x", number - Long.MIN_VALUE);
    }
}
