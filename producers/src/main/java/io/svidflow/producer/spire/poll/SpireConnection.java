package io.svidflow.producer.spire.poll;

import io.grpc.Channel;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Calls to one API of SPIRE, one at a time, each with a deadline. After a failure the next call connects anew: a
 * connection that waits for its own back-off would report an outage that is over. For one thread.
 */
final class SpireConnection implements AutoCloseable {

    private final SpireEndpoint endpoint;
    private final Duration timeout;
    private ManagedChannel channel;

    /** @param timeout how long a call may take */
    SpireConnection(SpireEndpoint endpoint, Duration timeout) {
        this.endpoint = endpoint;
        this.timeout = timeout;
    }

    /** One call. */
    interface Call<A> {

        /** @throws StatusRuntimeException as the stub throws it */
        A on(Channel channel, Deadline deadline);
    }

    /** What a call answered, and how long it took. */
    record Answered<A>(A answer, Duration took) {}

    /**
     * Makes a call.
     *
     * @param operation its name, for errors
     * @throws CallFailedException if it was refused, failed or took too long
     * @throws InterruptedException if the thread was interrupted
     */
    <A> Answered<A> call(String operation, Call<A> call) throws CallFailedException, InterruptedException {
        long start = System.nanoTime();
        try {
            if (channel == null) {
                channel = endpoint.open();
            }
            A answer = call.on(channel, Deadline.after(timeout.toNanos(), TimeUnit.NANOSECONDS));
            return new Answered<>(answer, since(start));
        } catch (StatusRuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted in a call to " + endpoint.address());
            }
            if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
                close();
            }
            throw CallFailedException.of(operation, e.getStatus(), since(start));
        } catch (IllegalStateException e) {
            close();
            throw CallFailedException.because(operation, e.getMessage());
        }
    }

    @Override
    public void close() {
        if (channel != null) {
            channel.shutdownNow();
            channel = null;
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
