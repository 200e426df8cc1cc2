package io.svidflow.producer.kubernetes.watch;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, as it arrives. The connection is asked for more only when everything before has been read: who
 * reads slowly holds up the API server's connection and not this process's memory. Who waits too long for more gets a
 * {@link SocketTimeoutException}.
 */
final class Answer extends InputStream {

    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final BlockingQueue<ByteBuffer> arrived = new LinkedBlockingQueue<>();
    private final Duration patience;
    private AsyncBody body;
    private ByteBuffer current = ByteBuffer.allocate(0);
    private volatile Throwable broken;

    /** @param patience how long to wait for more at a time */
    Answer(Duration patience) {
        this.patience = patience;
    }

    /** The answer has begun. */
    void begun(AsyncBody answer) {
        body = answer;
        answer.done().whenComplete((nothing, failure) -> {
            broken = failure;
            arrived.add(END);
        });
    }

    /** Some of it has arrived; called by the connection. */
    void arrived(List<ByteBuffer> buffers) {
        buffers.stream().filter(ByteBuffer::hasRemaining).forEach(arrived::add);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        while (!current.hasRemaining()) {
            if (current == END) {
                return -1;
            }
            current = next();
        }
        int count = Math.min(length, current.remaining());
        current.get(bytes, offset, count);
        return count;
    }

    private ByteBuffer next() throws IOException {
        try {
            ByteBuffer next = arrived.poll();
            if (next == null) {
                body.consume();
                next = arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (next == null) {
                throw new SocketTimeoutException("the API server sent nothing for " + patience.toMillis() + " ms");
            }
            if (next == END && broken != null) {
                throw new IOException("the connection broke: " + broken.getMessage(), broken);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("asked to stop").initCause(e);
        }
    }

    /** Ends the call; does not wait for the rest. */
    @Override
    public void close() {
        body.cancel();
    }
}
