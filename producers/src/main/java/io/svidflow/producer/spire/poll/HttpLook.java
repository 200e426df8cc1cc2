package io.svidflow.producer.spire.poll;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks an HTTP endpoint of SPIRE, and does not let it take longer or more than it may: neither a server that does not answer
 * nor one that never ends its answer holds up whoever asks. Safe for use by several threads.
 */
final class HttpLook {

    private final Duration timeout;
    private final int largest;
    private final HttpClient http;

    /**
     * @param timeout how long an answer may take, from the first byte that is sent to the last that is read
     * @param largest bytes that an answer may have
     */
    HttpLook(Duration timeout, int largest) {
        this.timeout = timeout;
        this.largest = largest;
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /** What was answered, whatever the status. */
    record Answer(int status, String body) {}

    /** An answer that is on its way, so that several can be waited for at once. */
    record Pending(CompletableFuture<HttpResponse<byte[]>> answer, long until) {}

    /** @throws IOException if there is no answer, or not all of it in time, or too much of it; in words that follow a URL */
    Answer at(URI url) throws IOException, InterruptedException {
        return wait(ask(url));
    }

    /** Asks, and does not wait. */
    Pending ask(URI url) {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(timeout).GET().build();
        return new Pending(
                http.sendAsync(request, head -> new Bounded(largest)), System.nanoTime() + timeout.toNanos());
    }

    /** @throws IOException as {@link #at} */
    Answer wait(Pending pending) throws IOException, InterruptedException {
        // the timeout of the request ends with the head of the answer, and streams of a body swallow interrupts
        CompletableFuture<HttpResponse<byte[]>> answer = pending.answer();
        try {
            HttpResponse<byte[]> whole =
                    answer.get(Math.max(0, pending.until() - System.nanoTime()), TimeUnit.NANOSECONDS);
            return new Answer(whole.statusCode(), new String(whole.body(), StandardCharsets.UTF_8));
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("has not answered in full for " + timeout.toMillis() + " ms", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static IOException failed(Throwable cause) {
        if (cause instanceof TooLarge) {
            return new IOException(cause.getMessage(), cause);
        }
        return new IOException("does not answer: " + said(cause), cause);
    }

    /** Of a port at which nobody listens the client knows the kind of error and has no words. */
    private static String said(Throwable cause) {
        if (cause.getMessage() != null) {
            return cause.getMessage();
        }
        return cause instanceof ConnectException
                ? "connection refused: nobody listens there"
                : cause.getClass().getSimpleName();
    }

    private static final class TooLarge extends IOException {
        TooLarge(int largest) {
            super("answers with more than " + largest + " bytes");
        }
    }

    /** The body, and an end to it. */
    private static final class Bounded implements BodySubscriber<byte[]> {

        private final int largest;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private Subscription subscription;

        Bounded(int largest) {
            this.largest = largest;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Subscription to) {
            subscription = to;
            to.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> parts) {
            for (ByteBuffer part : parts) {
                if (bytes.size() + part.remaining() > largest) {
                    subscription.cancel();
                    body.completeExceptionally(new TooLarge(largest));
                    return;
                }
                byte[] more = new byte[part.remaining()];
                part.get(more);
                bytes.writeBytes(more);
            }
        }

        @Override
        public void onError(Throwable cause) {
            body.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toByteArray());
        }
    }
}
