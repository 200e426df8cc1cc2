package io.svidflow.producer.kubernetes.watch;

import io.svidflow.producer.kubernetes.KubernetesKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Lists and watches the objects of one lane, over and over, and says what it sees. A watch that breaks goes on from where it
 * was; only when the API server has forgotten that version is everything listed anew. Runs in a thread of its own and ends
 * when that is interrupted.
 */
final class LaneReader implements Runnable {

    private static final Duration LOOK_FOR_ABSENT = Duration.ofSeconds(60);

    private final Lane lane;
    private final Listings listings;
    private final Watches watches;
    private final WatchSettings settings;
    private final Outbox outbox;
    private final CountDownLatch turn;
    private String version;
    private boolean current;
    private boolean doubtful;
    private String lost;
    private Duration delay;

    /**
     * @param version from which an earlier process would have gone on; null: none
     * @param outbox takes what is seen; while it is full, nothing is read
     * @param turn opened when the lane may begin
     */
    LaneReader(
            Lane lane,
            ApiServer server,
            WatchSettings settings,
            Clock clock,
            String version,
            Outbox outbox,
            CountDownLatch turn) {
        this.lane = lane;
        this.listings = new Listings(lane, server, settings, clock, outbox);
        this.watches = new Watches(lane, server, settings, clock, outbox);
        this.settings = settings;
        this.version = version;
        this.outbox = outbox;
        this.turn = turn;
        this.delay = settings.shortestRetry();
    }

    @Override
    public void run() {
        try {
            turn.await();
            while (true) {
                tryOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            outbox.end(new Sighting.Ended(lane, e));
        }
    }

    private void tryOnce() throws InterruptedException {
        try {
            outbox.wasHeldUp();
            go();
            delay = settings.shortestRetry();
        } catch (ApiProblem e) {
            refused(e);
        } catch (InterruptedIOException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException("asked to stop").initCause(e);
            }
            failed(e.getMessage(), false);
        } catch (IOException e) {
            failed(e.getMessage(), false);
        }
    }

    private void go() throws IOException, InterruptedException {
        if (!current && version != null) {
            resume();
        } else if (!current) {
            version = listings.list(lost);
        } else if (doubtful) {
            listings.requireKnown(version);
        }
        doubtful = false;
        current = true;
        lost = "";
        version = watches.watch(version, reached -> version = reached);
        doubtful = watches.endedEarly();
    }

    /** Events are not remembered: those that were said need not be looked at again. */
    private void resume() throws IOException, InterruptedException {
        if (lane.kind() != KubernetesKind.EVENTS) {
            listings.remember(version);
        }
        outbox.put(new Sighting.Resumed(lane, version));
    }

    private void refused(ApiProblem problem) throws InterruptedException {
        if (problem.versionLost()) {
            lost = "resourceVersion " + version + " of " + lane.name() + " is of no use any more: "
                    + problem.getMessage();
            version = null;
            current = false;
        } else if (problem.absent() && lane.kind().mayBeAbsent()) {
            version = null;
            current = false;
            outbox.put(new Sighting.Absent(lane));
            Thread.sleep(
                    Math.max(LOOK_FOR_ABSENT.toMillis(), settings.longestRetry().toMillis()));
        } else {
            failed(problem.getMessage(), problem.refused());
        }
    }

    private void failed(String error, boolean refused) throws InterruptedException {
        doubtful = true;
        if (outbox.wasHeldUp()) {
            return; // the other side did not want to wait for us: no failure of its own
        }
        outbox.put(new Sighting.Failed(lane, error, refused));
        Thread.sleep(delay.toMillis());
        Duration doubled = delay.multipliedBy(2);
        delay = doubled.compareTo(settings.longestRetry()) > 0 ? settings.longestRetry() : doubled;
    }
}
