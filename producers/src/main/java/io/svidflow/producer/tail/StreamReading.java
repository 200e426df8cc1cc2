package io.svidflow.producer.tail;

import io.svidflow.producer.log.BoundedLines;
import io.svidflow.producer.log.BoundedLines.Line;
import io.svidflow.producer.log.PartialLines;
import io.svidflow.producer.log.PartialLines.Whole;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Supplier;

/** One look at one log: delivers the lines behind the last one that was delivered. */
final class StreamReading {

    /** No line of SPIRE comes near. */
    private static final int LONGEST = 1 << 20;

    /** Positions are stored after so many lines, so that not all is read again after a crash. */
    private static final int STORED = 5_000;

    private final LogStream stream;
    private final LogDelivery delivery;
    private final Supplier<Map<String, String>> marks;
    private final PartialLines parts = new PartialLines();
    private long offset;
    private long lines;
    private Line tail;

    StreamReading(LogStream stream, LogDelivery delivery, Supplier<Map<String, String>> marks) {
        this.stream = stream;
        this.delivery = delivery;
        this.marks = marks;
        this.offset = stream.offset();
        this.lines = stream.lines();
    }

    void read(Content content) throws IOException, InterruptedException {
        InputStream in = stream.open(content);
        try {
            read(in);
        } finally {
            if (content.compressed()) {
                in.close();
            }
        }
    }

    /** Reads whole lines to the end of what there is. */
    @SuppressWarnings("resource") // the file stays open
    void read(InputStream in) throws IOException, InterruptedException {
        BoundedLines bounded = new BoundedLines(in, LONGEST);
        for (Line line = bounded.next(); line != null; line = bounded.next()) {
            if (!line.ended() && !line.cut()) {
                tail = line;
                return;
            }
            offset += line.bytes() + (line.ended() ? 1 : 0);
            lines++;
            take(line);
        }
    }

    /** Whether the last line has no end yet. */
    boolean incomplete() {
        return tail != null || parts.incomplete();
    }

    /** Gives up waiting for the rest of a line that the runtime has split. */
    void flushParts() throws InterruptedException {
        if (parts.incomplete()) {
            for (Whole line : parts.flush()) {
                deliver(line);
            }
            stream.readTo(offset, lines);
        }
    }

    /** Nothing will follow any more. */
    void flush() throws InterruptedException {
        flushParts();
        if (tail != null) {
            offset += tail.bytes();
            lines++;
            delivery.lastLine(tail.text(), SourceLog.origin(stream.path(), lines));
            tail = null;
            stream.readTo(offset, lines);
        }
    }

    private void take(Line line) throws InterruptedException {
        if (line.cut()) {
            flushParts();
            delivery.unreadable(
                    line.text(),
                    SourceLog.origin(stream.path(), lines),
                    "line of " + line.bytes() + " bytes is too long; SPIRE writes no line of more than 1 MiB");
        } else {
            for (Whole whole : parts.add(line.text(), lines)) {
                deliver(whole);
            }
        }
        if (!parts.incomplete()) {
            stream.readTo(offset, lines);
            if (lines % STORED == 0) {
                delivery.reached(marks.get());
            }
        }
    }

    private void deliver(Whole line) throws InterruptedException {
        delivery.line(line.text(), SourceLog.origin(stream.path(), line.number()));
    }
}
