package io.svidflow.producer.podlog;

import io.svidflow.producer.log.BoundedLines;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Follows the log of one container, through breaks of the connection and restarts of the container, until it is
 * interrupted. Waits where nobody takes the lines: the API server then waits too.
 */
final class ContainerFollower implements Runnable {

    private static final int LONGEST = 1 << 20;

    private final PodApi api;
    private final ContainerRef ref;
    private final Instant since;
    private final BlockingQueue<Served> served;
    private final Duration pause;
    private final Clock clock;
    private Cursor cursor;
    private volatile InputStream stream;

    /**
     * @param from how far an earlier process had come, null at the first start
     * @param since from when lines are of interest at the first start
     * @param pause between two connections
     */
    ContainerFollower(
            PodApi api,
            ContainerRef ref,
            Cursor from,
            Instant since,
            BlockingQueue<Served> served,
            Duration pause,
            Clock clock) {
        this.api = api;
        this.ref = ref;
        this.cursor = from;
        this.since = since;
        this.served = served;
        this.pause = pause;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    followOnce();
                } catch (PodApiException e) {
                    served.put(new Served.Failed(ref, e.getMessage()));
                } catch (IOException e) {
                    // broken off: the next connection tells whether a line is missing
                    stream = null;
                }
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether no connection is open. */
    boolean idle() {
        return stream == null;
    }

    /** Breaks the connection: it serves nothing, although there is something. */
    void reconnect() {
        InputStream open = stream;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // the reader notices
                stream = null;
            }
        }
    }

    private void followOnce() throws PodApiException, IOException, InterruptedException {
        Optional<Integer> restarts = api.restarts(ref);
        if (restarts.isEmpty()) {
            return;
        }
        if (cursor == null) {
            cursor = Cursor.before(restarts.get());
            served.put(new Served.Restarted(ref, cursor));
        } else if (restarts.get() > cursor.restarts()) {
            finishPrevious(restarts.get());
        }
        read(api.follow(ref, cursor.last() == null ? since : cursor.last()));
    }

    /** What the container wrote before it was started again, as far as the kubelet has kept it. */
    private void finishPrevious(int restarts) throws IOException, InterruptedException {
        if (restarts > cursor.restarts() + 1) {
            served.put(new Served.Missing(
                    ref,
                    clock.instant(),
                    "the container was started again " + (restarts - cursor.restarts()) + " times"));
        } else {
            try {
                read(api.previous(ref, cursor.last()));
            } catch (PodApiException e) {
                served.put(new Served.Missing(ref, clock.instant(), e.getMessage()));
            }
        }
        cursor = cursor.started(restarts);
        served.put(new Served.Restarted(ref, cursor));
    }

    private void read(InputStream in) throws IOException, InterruptedException {
        Overlap overlap = new Overlap(cursor);
        stream = in;
        try (BoundedLines lines = new BoundedLines(in, LONGEST)) {
            for (BoundedLines.Line line = lines.next(); line != null; line = lines.next()) {
                if (!line.ended()) {
                    // cut off by the end of the connection; served again as a whole
                    return;
                }
                take(line.text(), overlap);
            }
        } finally {
            stream = null;
        }
    }

    private void take(String text, Overlap overlap) throws InterruptedException {
        int blank = text.indexOf(' ');
        Instant at = time(blank < 0 ? text : text.substring(0, blank));
        if (at == null) {
            served.put(new Served.Unreadable(ref, text));
            return;
        }
        switch (overlap.next(at)) {
            case KNOWN -> {
                return;
            }
            case NEW_AFTER_A_GAP ->
                served.put(new Served.Missing(
                        ref,
                        at,
                        "the last line read, of " + cursor.last() + ", is no longer served: the log was rotated"));
            case NEW -> {
                // as it should be
            }
        }
        cursor = cursor.behind(at);
        served.put(new Served.Line(ref, text, cursor));
    }

    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
