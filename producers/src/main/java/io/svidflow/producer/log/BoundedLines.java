package io.svidflow.producer.log;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads lines without ever holding more than a bounded part of one. Bytes that are not UTF-8 become replacement
 * characters: one bad byte must not cost the line.
 */
public final class BoundedLines implements Closeable {

    /**
     * A line.
     *
     * @param number from 1
     * @param text its beginning, at most the bound, without line end
     * @param bytes its full length in bytes
     * @param cut {@code text} is not the whole line
     * @param ended a line end followed; false only for the last line of a file
     */
    public record Line(long number, String text, long bytes, boolean cut, boolean ended) {}

    private final InputStream in;
    private final int bound;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private long number;

    /**
     * @param in what is read, and closed with this
     * @param bound most bytes of a line that are kept
     */
    public BoundedLines(InputStream in, int bound) {
        this.in = in;
        this.bound = bound;
    }

    /** @return the next line, null at the end of the file */
    public Line next() throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
        long bytes = 0;
        while (filled()) {
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            kept.write(buffer, from, Math.min(end - from, bound - kept.size()));
            bytes += end - from;
            boolean ended = end < to;
            from = ended ? end + 1 : end;
            if (ended) {
                return line(kept, bytes, true);
            }
        }
        return bytes == 0 ? null : line(kept, bytes, false);
    }

    private boolean filled() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, in.read(buffer));
        }
        return from < to;
    }

    private Line line(ByteArrayOutputStream kept, long bytes, boolean ended) {
        String text = kept.toString(StandardCharsets.UTF_8);
        String bare = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        return new Line(++number, bare, bytes, bytes > bound, ended);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
