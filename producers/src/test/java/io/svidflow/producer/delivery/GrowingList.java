package io.svidflow.producer.delivery;

import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.live.LiveSource;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.live.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A source that reads a file which grows: one fact a line, of which many are equal. */
final class GrowingList implements LiveSource {

    static final Instant START = Instant.parse("2025-02-06T00:00:00Z");

    /** So many lines have the same time, and half of them the same text. */
    private static final int LINES_A_SECOND = 10;

    private static final String READ = "read";

    private final Source source;
    private final Path file;

    GrowingList(Source source, Path file) {
        this.source = source;
        this.file = file;
    }

    @Override
    public String name() {
        return "growing-list-" + source.member();
    }

    @Override
    public void observe(Outlets outlets) throws InterruptedException {
        Outlet outlet = outlets.of(source);
        int read = outlet.resumeFrom()
                .map(position -> Integer.parseInt(position.mark(READ, "0")))
                .orElse(0);
        while (true) {
            List<String> lines = lines();
            while (read < lines.size()) {
                outlet.publish(List.of(fact(outlet, lines.get(read), read)));
                read++;
                outlet.observed(Position.at(before(read)).with(READ, Integer.toString(read)));
            }
            outlet.observed(Position.at(before(read)).with(READ, Integer.toString(read)));
            Thread.sleep(5);
        }
    }

    /** Half of the lines of a second are equal. */
    static String line(int number) {
        return number % 2 == 0 ? "refused" : "refused " + number;
    }

    private Publication fact(Outlet outlet, String text, int number) {
        Origin origin = Origin.newBuilder()
                .setKind(OriginKind.FILE)
                .setLocation(file.getFileName().toString())
                .setLine((long) number)
                .build();
        return new FailedObservations(outlet.headers())
                .ofNode(time(number), source.member(), "GetInfo", text, outlet.nextSequence(), origin);
    }

    /** What is promised after so many lines: later ones may still have the time of the last. */
    private static Instant before(int number) {
        return time(number).minusMillis(1);
    }

    private static Instant time(int number) {
        return START.plusSeconds(number / LINES_A_SECOND);
    }

    private List<String> lines() {
        try {
            String text = Files.readString(file);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
