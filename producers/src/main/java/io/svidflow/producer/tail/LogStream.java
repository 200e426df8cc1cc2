package io.svidflow.producer.tail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/**
 * One log under whatever name it lies: how it begins, and how far it has been read. It is told by how it begins, since
 * inodes are used again, and since a copy and a compressed copy have inodes of their own. Keeps the file open, so that
 * one that is removed can be read to its end.
 */
final class LogStream {

    private int headLength;
    private String head;
    private long offset;
    private long lines;
    private boolean finished;
    private Path path;
    private String key;
    private long base;
    private FileChannel channel;
    private String opened = "";
    private Instant quietSince;

    /** A log that nothing has been read of. */
    LogStream(Content content) {
        found(content);
    }

    private LogStream(String[] fields) {
        headLength = Integer.parseInt(fields[0]);
        head = fields[1];
        offset = Long.parseLong(fields[2]);
        lines = Long.parseLong(fields[3]);
        finished = Boolean.parseBoolean(fields[4]);
        key = fields[5];
        path = Path.of(fields[6]);
    }

    /** Reads what {@link #mark()} wrote. */
    static LogStream resumed(String mark) {
        String[] fields = mark.split(" ", 7);
        if (fields.length != 7) {
            throw new IllegalArgumentException("\"" + mark + "\" is no position in a log");
        }
        return new LogStream(fields);
    }

    /** Its position, for a later process: how it begins, offset and lines read, inode and path. */
    String mark() {
        return String.join(
                " ",
                Integer.toString(headLength),
                head,
                Long.toString(offset),
                Long.toString(lines),
                Boolean.toString(finished),
                key.replace(' ', '_'),
                path.toString());
    }

    /** Whether this is the log in that file. */
    boolean isIn(Content content) {
        return content.head().length >= headLength
                && hash(content.head(), headLength).equals(head);
    }

    /** Whether it lay there when last seen. */
    boolean wasAt(Content content) {
        return key.equals(content.key().replace(' ', '_'));
    }

    /** It lies there now. */
    void found(Content content) {
        path = content.path();
        key = content.key().replace(' ', '_');
        quietSince = null;
        base = content.base();
        if (head == null || content.head().length > headLength) {
            headLength = content.head().length;
            head = hash(content.head(), headLength);
        }
    }

    /** Opens it where reading goes on; not to be closed by the reader. */
    InputStream open(Content content) throws IOException {
        if (content.compressed()) {
            close();
            InputStream in = new GZIPInputStream(Files.newInputStream(content.path()), 1 << 16);
            in.skipNBytes(offset);
            return in;
        }
        if (channel == null || !opened.equals(content.key())) {
            close();
            channel = FileChannel.open(content.path());
            opened = content.key();
        }
        return goOn();
    }

    /**
     * Reads what is left of a file that no path leads to any more.
     *
     * @param now when the looking began
     * @return false if nobody can tell what was in it: it is not open, or was truncated
     */
    boolean readOrphan(StreamReading reading, Instant now) throws IOException, InterruptedException {
        if (channel == null || channel.size() < base + offset) {
            return false;
        }
        ByteBuffer start = ByteBuffer.allocate(headLength);
        channel.read(start, base);
        if (start.hasRemaining() || !hash(start.array(), headLength).equals(head)) {
            return false;
        }
        long before = offset;
        reading.read(goOn());
        quietSince = quietSince == null || offset > before ? now : quietSince;
        return true;
    }

    private InputStream goOn() throws IOException {
        channel.position(base + offset);
        return Channels.newInputStream(channel);
    }

    void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /** Whether the file that no path leads to has been written to, or had a path, after an instant. */
    boolean changedSince(Instant instant) {
        return quietSince != null && quietSince.isAfter(instant);
    }

    /** The next line begins there. */
    void readTo(long newOffset, long newLines) {
        offset = newOffset;
        lines = newLines;
        finished = false;
    }

    /** No more is expected of it. */
    void finish() {
        finished = true;
    }

    boolean finished() {
        return finished;
    }

    long offset() {
        return offset;
    }

    long lines() {
        return lines;
    }

    long base() {
        return base;
    }

    int headLength() {
        return headLength;
    }

    Path path() {
        return path;
    }

    private static String hash(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
