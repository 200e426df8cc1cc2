package io.svidflow.producer.podlog;

import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.tail.LogDelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one source: of the containers that write it, mostly one. Delivers the lines that their followers bring. A
 * connection that brings nothing proves nothing; so it asks for the last line of the log, and promises only when that line
 * has been delivered.
 */
final class SourceFollower implements Runnable {

    private static final Logger LOGGER = LoggerFactory.getLogger(SourceFollower.class);

    /** Lines that may wait. */
    private static final int WAITING = 1000;

    /** A connection that does not bring a line which is there for so long is broken. */
    private static final Duration STUCK = Duration.ofSeconds(15);

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration COMPLAINT = Duration.ofSeconds(60);
    /** Begins the name of the mark of a container. */
    static final String MARK = "container.";

    private final PodApi api;
    private final LogDelivery delivery;
    private final PodLogsConfig config;
    private final Duration cadence;
    private final Clock clock;
    private final BlockingQueue<Served> served = new ArrayBlockingQueue<>(WAITING);
    private final Map<String, Cursor> cursors = new TreeMap<>();
    private final Map<String, Following> following = new HashMap<>();
    private final Map<String, Instant> complained = new HashMap<>();
    private final Map<String, Waiting> waiting = new HashMap<>();
    private volatile Listed listed = new Listed(Set.of(), Instant.MIN);
    private volatile boolean finished;
    private Instant confirmed = Instant.MIN;

    /** The containers that there were at a time. */
    private record Listed(Set<ContainerRef> containers, Instant at) {}

    /** A log has not moved on since, although there is more. */
    private record Waiting(Cursor at, Instant since) {}

    private record Following(ContainerRef ref, ContainerFollower follower, Thread thread) {}

    /** @param cadence how often a promise is due */
    SourceFollower(PodApi api, LogDelivery delivery, PodLogsConfig config, Duration cadence, Clock clock) {
        this.api = api;
        this.delivery = delivery;
        this.config = config;
        this.cadence = cadence;
        this.clock = clock;
        delivery.resumed().ifPresent(position -> position.marks().forEach((name, value) -> {
            if (name.startsWith(MARK)) {
                cursors.put(name.substring(MARK.length()), Cursor.resumed(value));
            }
        }));
    }

    /** The containers that write the log, as listed at a time. */
    void listed(Set<ContainerRef> containers, Instant at) {
        listed = new Listed(Set.copyOf(containers), at);
    }

    /** Whether no container is followed any more, and all that was served has been delivered. */
    boolean finished() {
        return finished;
    }

    @Override
    public void run() {
        try {
            while (true) {
                Listed now = listed;
                follow(now.containers());
                Served next = served.poll(100, TimeUnit.MILLISECONDS);
                while (next != null) {
                    take(next);
                    next = served.poll();
                }
                delivery.flush();
                finished = following.isEmpty() && served.isEmpty();
                if (!confirmed.plus(cadence).isAfter(clock.instant())) {
                    confirmed = clock.instant();
                    confirm(now);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("Following a log has failed, and begins anew at its last position");
        } finally {
            following.values().forEach(each -> each.thread().interrupt());
        }
    }

    private void follow(Set<ContainerRef> containers) throws InterruptedException {
        for (ContainerRef ref : containers) {
            if (!following.containsKey(ref.key())) {
                ContainerFollower follower = new ContainerFollower(
                        api, ref, cursors.get(ref.key()), delivery.since(), served, config.reconnect(), clock);
                Thread thread = new Thread(follower, "pod-log " + ref);
                thread.setDaemon(true);
                following.put(ref.key(), new Following(ref, follower, thread));
                thread.start();
            }
        }
        for (Following each : List.copyOf(following.values())) {
            if (!containers.contains(each.ref())
                    && served.isEmpty()
                    && each.follower().idle()) {
                each.thread().interrupt();
                following.remove(each.ref().key());
            }
        }
    }

    private void take(Served next) throws InterruptedException {
        String key = next.ref().key();
        if (next instanceof Served.Line line) {
            delivery.line(line.text(), origin(line.ref()));
            cursors.put(key, line.behind());
        } else if (next instanceof Served.Restarted restarted) {
            cursors.put(key, restarted.from());
        } else if (next instanceof Served.Missing missing) {
            delivery.missed(missing.next(), missing.ref() + ": " + missing.why());
        } else if (next instanceof Served.Unreadable unreadable) {
            delivery.unreadable(unreadable.text(), origin(unreadable.ref()), "a line of the API without its time");
        } else if (next instanceof Served.Failed failed) {
            failed(failed.ref(), failed.error());
        }
    }

    private void failed(ContainerRef ref, String error) throws InterruptedException {
        Instant before = complained.get(ref.key());
        if (before == null || !before.plus(COMPLAINT).isAfter(clock.instant())) {
            complained.put(ref.key(), clock.instant());
            delivery.failed("FollowLog", error, origin(ref));
        }
    }

    private void confirm(Listed now) throws InterruptedException {
        Instant complete = clock.instant();
        boolean all = true;
        for (ContainerRef ref : now.containers()) {
            all &= complete(ref);
        }
        if (now.containers().isEmpty()) {
            complete = now.at();
        }
        if (all && served.isEmpty()) {
            delivery.observed(complete.minus(config.margin()), marks(now.containers()));
        } else {
            delivery.reached(marks(now.containers()));
        }
    }

    /** Whether the last line that there is has been delivered. */
    private boolean complete(ContainerRef ref) throws InterruptedException {
        try {
            String last = api.last(ref);
            int blank = last.indexOf(' ');
            Instant at = blank < 0 ? null : ContainerFollower.time(last.substring(0, blank));
            Cursor cursor = cursors.get(ref.key());
            Instant delivered = cursor == null || cursor.last() == null ? delivery.since() : cursor.last();
            if (at == null || !at.isAfter(delivered)) {
                waiting.remove(ref.key());
                return true;
            }
            reconnectIfStuck(ref.key(), cursor);
            return false;
        } catch (PodApiException e) {
            // 400: it has not been started yet, and writes nothing; 404: it is gone, and writes nothing more
            boolean silent = e.code() == 400 || e.code() == 404;
            if (!silent) {
                failed(ref, e.getMessage());
            }
            return silent;
        }
    }

    private void reconnectIfStuck(String key, Cursor cursor) {
        Waiting before = waiting.get(key);
        Following each = following.get(key);
        if (before == null || !Objects.equals(before.at(), cursor)) {
            waiting.put(key, new Waiting(cursor, clock.instant()));
        } else if (each != null && before.since().plus(STUCK).isBefore(clock.instant())) {
            each.follower().reconnect();
            waiting.remove(key);
        }
    }

    /** Positions of pods that are gone are kept for a while: a listing may be old. */
    private Map<String, String> marks(Set<ContainerRef> containers) {
        Map<String, String> marks = new HashMap<>();
        List<String> keys =
                new ArrayList<>(containers.stream().map(ContainerRef::key).toList());
        keys.addAll(following.keySet());
        Instant old = clock.instant().minus(KEPT);
        cursors.entrySet()
                .removeIf(each -> !keys.contains(each.getKey())
                        && (each.getValue().last() == null
                                || each.getValue().last().isBefore(old)));
        cursors.forEach((key, cursor) -> marks.put(MARK + key, cursor.mark()));
        return marks;
    }

    private static Origin origin(ContainerRef ref) {
        return Origin.newBuilder()
                .setKind(OriginKind.API)
                .setLocation("pods/log " + ref)
                .build();
    }
}
