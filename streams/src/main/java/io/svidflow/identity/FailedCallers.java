package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Callers of one node whose attestation fails in one way at present: how many, and whether others fare better. Bounded:
 * whoever was heard of longest ago is forgotten first.
 *
 * @param streaks by caller: a pod's UID, or where the log names only a process, its pid
 * @param othersServed somebody who does not fail was attested since the first of them began to fail
 */
record FailedCallers(Map<String, Streak> streaks, boolean othersServed) {

    static final FailedCallers NONE = new FailedCallers(Map.of(), false);
    /** Everything above is "many". */
    static final int MANY = 3;

    private static final int REMEMBERED = 24;
    /** The attestor may look for 30 s, and the caller may wait 30 s before it asks again. */
    private static final Duration SILENCE = Duration.ofSeconds(75);
    /** One request fails in several lines. */
    private static final Duration ONE_REQUEST = Duration.ofSeconds(1);

    /**
     * Failures of one caller without a success between them.
     *
     * @param times failed requests
     */
    record Streak(Instant since, Instant last, int times) {

        private Streak failed(Instant at) {
            if (at.isAfter(last.plus(SILENCE))) {
                return new Streak(at, at, 1);
            }
            int more = at.isAfter(last.plus(ONE_REQUEST)) ? 1 : 0;
            return new Streak(Times.earliest(since, at), Times.latest(last, at), times + more);
        }

        boolean lasts(Instant now) {
            return !now.isAfter(last.plus(SILENCE));
        }
    }

    FailedCallers {
        streaks = Collections.unmodifiableMap(new TreeMap<>(streaks));
    }

    FailedCallers failed(Instant at, String caller) {
        Map<String, Streak> now = new TreeMap<>(streaks);
        now.values().removeIf(streak -> !streak.lasts(at));
        boolean anew = now.isEmpty();
        Streak before = now.get(caller);
        now.put(caller, before == null ? new Streak(at, at, 1) : before.failed(at));
        while (now.size() > REMEMBERED) {
            now.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().last()))
                    .ifPresent(eldest -> now.remove(eldest.getKey()));
        }
        return new FailedCallers(now, othersServed && !anew);
    }

    /** A caller was attested with its selectors. */
    FailedCallers worked(Instant at, String caller) {
        Streak before = streaks.get(caller);
        if (before == null) {
            boolean better = since() != null && !at.isBefore(since());
            return better && !othersServed ? new FailedCallers(streaks, true) : this;
        }
        if (at.isBefore(before.last())) {
            return this;
        }
        Map<String, Streak> rest = new TreeMap<>(streaks);
        rest.remove(caller);
        return new FailedCallers(rest, !rest.isEmpty());
    }

    /** How many fail, at most {@link #MANY}. */
    int count() {
        return Math.min(MANY, streaks.size());
    }

    /** Since when the first of them; null: none fails. */
    Instant since() {
        return streaks.values().stream().map(Streak::since).reduce(null, Times::earliest);
    }
}
