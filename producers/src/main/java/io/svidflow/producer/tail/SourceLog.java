package io.svidflow.producer.tail;

import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one source: its current file, what that was rotated to, and the files of containers before. Reads what was
 * added since it last looked, oldest first, and promises that nothing is missing when all has been read.
 */
final class SourceLog {

    private static final Logger LOGGER = LoggerFactory.getLogger(SourceLog.class);

    /** A line whose end does not come for so long was cut off by a writer that died. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String MARK = "log.";

    /** Mark that says on which node the log was read. */
    static final String NODE = "node";

    private final LogDelivery delivery;
    private final Duration margin;
    private final Optional<String> node;
    private final List<LogStream> streams = new ArrayList<>();
    private final Map<String, Instant> complained = new HashMap<>();

    SourceLog(LogDelivery delivery, Duration margin, Optional<String> node) {
        this.delivery = delivery;
        this.node = node;
        this.margin = margin;
        delivery.resumed().ifPresent(position -> position.marks().forEach((name, value) -> {
            if (name.startsWith(MARK)) {
                streams.add(LogStream.resumed(value));
            }
        }));
    }

    /** Whether there has ever been a file. */
    boolean everSeen() {
        return !streams.isEmpty() || delivery.promised().isPresent();
    }

    /** Whether no file and nothing unread of one is left. */
    boolean empty() {
        return streams.isEmpty();
    }

    /** Where the content of a file began when it was last seen. */
    long baseOf(Path path) {
        return streams.stream()
                .filter(stream -> stream.path().equals(path))
                .mapToLong(LogStream::base)
                .findFirst()
                .orElse(0);
    }

    /**
     * Reads what is new.
     *
     * @param found every file of the source
     * @param now when the looking began: what was written until then is seen
     */
    void look(List<Content> found, Instant now) throws InterruptedException {
        Instant complete = now.minus(margin);
        Map<LogStream, Content> places =
                Places.of(streams, found, delivery.promised().orElse(delivery.since()));
        boolean whole = found.stream()
                .noneMatch(content -> content.head().length > 0
                        && !content.recognisable()
                        && content.modified().isAfter(now.minus(PATIENCE)));
        for (LogStream stream : List.copyOf(streams)) {
            if (!places.containsKey(stream)) {
                whole &= gone(stream, now, complete);
            }
        }
        for (Map.Entry<LogStream, Content> place : places.entrySet()) {
            whole &= read(place.getKey(), place.getValue(), now, complete);
        }
        if (whole) {
            delivery.observed(complete, marks());
        } else {
            delivery.reached(marks());
        }
    }

    /** The log cannot be read. */
    void unreadable(Path path, IOException error, Instant now) throws InterruptedException {
        complain(path.toString(), Unreadable.because(path, error), now);
    }

    /** No file has ever matched. */
    void missing(String patterns, Instant now) throws InterruptedException {
        complain(patterns, "no file matches " + patterns + "; is the path right, and the folder mounted?", now);
    }

    /** Once a minute: it is one trouble, not many. */
    private void complain(String where, String what, Instant now) throws InterruptedException {
        Instant before = complained.get(where);
        if (before == null || before.plusSeconds(60).isBefore(now)) {
            complained.put(where, now);
            delivery.failed("ReadLog", what, origin(Path.of("/").resolve(where), null));
            LOGGER.atWarn().addKeyValue("reason", what).log("A log cannot be read");
        }
    }

    void close() throws IOException {
        for (LogStream stream : streams) {
            stream.close();
        }
    }

    Map<String, String> marks() {
        Map<String, String> marks = new HashMap<>();
        for (int i = 0; i < streams.size(); i++) {
            marks.put(MARK + i, streams.get(i).mark());
        }
        node.ifPresent(name -> marks.put(NODE, name));
        return marks;
    }

    /** A log that no path leads to: what is left is read by the open file, else nobody will know it. */
    private boolean gone(LogStream stream, Instant now, Instant complete) throws InterruptedException {
        try {
            StreamReading reading = new StreamReading(stream, delivery, this::marks);
            boolean orphan = stream.readOrphan(reading, now);
            if (!orphan && !stream.finished()) {
                lost(stream, complete, "it is gone or was truncated before it was read to its end");
            } else if (orphan && stream.changedSince(now.minus(PATIENCE))) {
                return !reading.incomplete();
            } else if (orphan) {
                reading.flush();
            }
            stream.close();
        } catch (ClosedByInterruptException e) {
            throw Unreadable.stopped(e);
        } catch (IOException e) {
            lost(stream, complete, Unreadable.because(stream.path(), e));
        }
        streams.remove(stream);
        return true;
    }

    private boolean read(LogStream stream, Content content, Instant now, Instant complete) throws InterruptedException {
        boolean quiet = content.modified().isBefore(now.minus(PATIENCE));
        if (stream.finished() && content.compressed()
                || !content.compressed() && content.size() <= content.base() + stream.offset()) {
            if (content.rotated() && quiet) {
                stream.finish();
            }
            return true;
        }
        StreamReading reading = new StreamReading(stream, delivery, this::marks);
        try {
            reading.read(content);
        } catch (ClosedByInterruptException e) {
            throw Unreadable.stopped(e);
        } catch (IOException e) {
            if (!content.compressed()) {
                unreadable(content.path(), e, now);
                return false;
            }
            lost(stream, complete, Unreadable.because(content.path(), e));
            stream.finish();
            return true;
        }
        if (content.compressed() || quiet && content.rotated()) {
            reading.flush();
            stream.finish();
        } else if (quiet) {
            reading.flushParts();
        }
        return quiet || !reading.incomplete();
    }

    private void lost(LogStream stream, Instant complete, String why) throws InterruptedException {
        LOGGER.atWarn()
                .addKeyValue("path", stream.path())
                .addKeyValue("offset", stream.offset())
                .addKeyValue("reason", why)
                .log("The end of a log may have been missed");
        delivery.missed(complete, stream.path() + " from byte " + stream.offset() + ": " + why);
    }

    static Origin origin(Path path, Long line) {
        return Origin.newBuilder()
                .setKind(OriginKind.FILE)
                .setLocation(path.toString())
                .setLine(line)
                .build();
    }
}
