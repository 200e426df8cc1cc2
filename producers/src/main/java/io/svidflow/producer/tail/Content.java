package io.svidflow.producer.tail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.zip.GZIPInputStream;

/**
 * A file as it was found, and how its content begins. A log that is truncated under a writer which does not append begins
 * with zero bytes; its content begins behind them.
 *
 * @param path where it is
 * @param key inode and device
 * @param size in bytes; of a compressed file, those of its content are not known
 * @param modified last change
 * @param rotated it lies beside a log, and is an older part of it
 * @param base bytes before the content
 * @param head first bytes of the content
 */
record Content(Path path, String key, long size, Instant modified, boolean rotated, long base, byte[] head) {

    /** Logs that begin with the same KiB are the same log. */
    static final int HEAD = 1024;

    /**
     * Looks at a file.
     *
     * @param baseHint where the content began when the file was last seen, or 0
     */
    static Content of(Path path, boolean rotated, long baseHint) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        String key = String.valueOf(attributes.fileKey());
        Instant modified = attributes.lastModifiedTime().toInstant();
        if (compressed(path)) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
                return new Content(path, key, attributes.size(), modified, rotated, 0, in.readNBytes(HEAD));
            }
        }
        try (FileChannel channel = FileChannel.open(path)) {
            long base = base(channel, baseHint);
            channel.position(base);
            byte[] head = Channels.newInputStream(channel).readNBytes(HEAD);
            return new Content(path, key, attributes.size(), modified, rotated, base, head);
        }
    }

    /** Whether it is compressed, by its name. */
    boolean compressed() {
        return compressed(path);
    }

    /** A file whose first line is not whole cannot be told from others. */
    boolean recognisable() {
        if (head.length == HEAD) {
            return true;
        }
        for (byte one : head) {
            if (one == '\n') {
                return true;
            }
        }
        return false;
    }

    private static boolean compressed(Path path) {
        return path.toString().endsWith(".gz");
    }

    private static long base(FileChannel channel, long hint) throws IOException {
        if (hint > 0 && hint < channel.size() && zero(channel, hint - 1) && !zero(channel, hint)) {
            return hint;
        }
        if (!zero(channel, 0)) {
            return 0;
        }
        long from = 0;
        InputStream in = Channels.newInputStream(channel);
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] != 0) {
                    return from + i;
                }
            }
            from += read;
        }
        return from;
    }

    private static boolean zero(FileChannel channel, long at) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        return channel.read(one, at) == 1 && one.get(0) == 0;
    }
}
