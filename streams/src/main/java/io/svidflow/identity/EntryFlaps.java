package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * How often the pod's agent lost an entry that exists throughout and got it back: it refused, and then had the entry
 * signed anew although the last SVID was fresh. The agent is handed now this, now that view of the entries.
 *
 * @param count times in the present run
 * @param first when the run began; null: there is none
 * @param last latest time that it got the entry back
 */
public record EntryFlaps(int count, Instant first, Instant last) {

    static final EntryFlaps NONE = new EntryFlaps(0, null, null);

    /** Once may be an entry that somebody edited. */
    private static final int ENOUGH = 2;

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration CALM = Duration.ofSeconds(60);
    /** Two logs tell of one signature. */
    private static final Duration SAME = Duration.ofSeconds(3);

    EntryFlaps regained(Instant at) {
        if (last != null && at.isBefore(last.plus(SAME))) {
            return this;
        }
        return last == null || at.isAfter(last.plus(WINDOW))
                ? new EntryFlaps(1, at, at)
                : new EntryFlaps(count + 1, first, at);
    }

    /** Whether the entry comes and goes at {@code now}. */
    boolean unsteady(Instant now) {
        return count >= ENOUGH && now.isBefore(last.plus(CALM));
    }

    /** Whether a request for a signature of this time means that the entry had been lost after the one before. */
    static boolean lostBetween(Instant before, Instant at, PodRecord pod, NodeRecord node) {
        Instant settled = before == null ? null : before.plus(SAME);
        return settled != null
                && at.isAfter(settled)
                && Times.reached(before, node.process().startedAt())
                && !node.signing().refusedSince(before)
                && (within(pod.fetches().lastRefusal(), settled, at)
                        || within(node.process().refusedAt(), settled, at));
    }

    private static boolean within(Instant refusal, Instant from, Instant to) {
        return refusal != null && refusal.isAfter(from) && refusal.isBefore(to);
    }
}
