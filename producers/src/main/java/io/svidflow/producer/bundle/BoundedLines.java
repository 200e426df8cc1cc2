package io.svidflow.producer.bundle;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads lines without ever holding more than a bounded part of one. Bytes that are not UTF-8 become replacement
 * characters: one bad byte must not cost the line.
 */
final class BoundedLines implements Closeable {

    /**
     * A line.
     *
     * @param number from 1
     * @param text its beginning, at most the bound, without line end
     * @param bytes its full length in bytes
     * @param cut {@code text} is not the whole line
     * @param ended a line end followed; false only for the last line of a file
     */
    record Line(long number, String text, long bytes, boolean cut, boolean ended) {}

    private final InputStream in;
    private final int bound;
    private long number;

    BoundedLines(InputStream in, int bound) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.bound = bound;
    }

    /** @return the next line, null at the end of the file */
    Line next() throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
        long bytes = 0;
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (bytes++ < bound) {
                kept.write(next);
            }
        }
        String text = kept.toString(StandardCharsets.UTF_8);
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        return new Line(++number, text, bytes, bytes > bound, next == '\n');
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
