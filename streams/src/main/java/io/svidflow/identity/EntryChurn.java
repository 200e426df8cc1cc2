package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How steadily a pod is registered.
 *
 * @param lostAt when the pod last lost its last entry; null: never
 * @param deleted entries that were deleted lately, the latest last
 * @param recreations when one of them was created again under another id, the latest last
 */
public record EntryChurn(Instant lostAt, List<Deleted> deleted, List<Instant> recreations) {

    /**
     * An entry that is gone.
     *
     * @param content its SPIFFE ID and selectors
     */
    public record Deleted(String id, String content) {}

    static final EntryChurn NONE = new EntryChurn(null, List.of(), List.of());

    private static final Duration WINDOW = Duration.ofMinutes(10);
    /** Whoever fights over entries does so in every pass: when two passes are missed at least, it is over. */
    private static final int PASSES_MISSED = 2;

    private static final Duration SHORTEST_CALM = Duration.ofSeconds(30);
    private static final Duration LONGEST_CALM = Duration.ofMinutes(3);
    /** One replacement happens when a rule is edited, two when somebody takes that back. */
    private static final int CHURN = 3;
    /** Enough to count, and no more. */
    private static final int REMEMBERED = 16;

    public EntryChurn {
        deleted = deleted == null ? List.of() : List.copyOf(deleted);
        recreations = recreations == null ? List.of() : List.copyOf(recreations);
    }

    /**
     * An entry was deleted.
     *
     * @param left the entries that the pod still has: one listing may show the new entry before it misses the old one
     */
    EntryChurn deleted(KnownEntry entry, Collection<KnownEntry> left, Instant at) {
        String content = content(entry);
        Optional<KnownEntry> successor = left.stream()
                .filter(other -> content(other).equals(content))
                .filter(other -> other.createdAt().isAfter(entry.createdAt()))
                .findFirst();
        if (successor.isPresent()) {
            return recreatedAt(successor.get().createdAt(), deleted);
        }
        List<Deleted> gone = new ArrayList<>(deleted);
        gone.add(new Deleted(entry.id(), content));
        return new EntryChurn(left.isEmpty() ? Times.latest(lostAt, at) : lostAt, latest(gone), recreations);
    }

    /** An entry is new. One that comes back under its old id was merely not listed for a moment. */
    EntryChurn created(KnownEntry entry) {
        List<Deleted> gone = new ArrayList<>(deleted);
        if (gone.removeIf(old -> old.id().equals(entry.id()))) {
            return new EntryChurn(lostAt, gone, recreations);
        }
        String content = content(entry);
        Optional<Deleted> twin =
                gone.stream().filter(old -> old.content().equals(content)).findFirst();
        twin.ifPresent(gone::remove);
        return twin.isPresent() ? recreatedAt(entry.createdAt(), gone) : this;
    }

    private EntryChurn recreatedAt(Instant at, List<Deleted> gone) {
        List<Instant> times = new ArrayList<>(recreations);
        times.add(at);
        times.sort(null);
        return new EntryChurn(lostAt, gone, latest(times));
    }

    /** How often in the ten minutes before {@code now} an entry was deleted and created again alike. */
    int recreated(Instant now) {
        return (int)
                recreations.stream().filter(at -> at.isAfter(now.minus(WINDOW))).count();
    }

    /** Whether that goes on. */
    boolean goesOn(Instant now) {
        int times = recreated(now);
        if (times < CHURN) {
            return false;
        }
        Instant last = recreations.get(recreations.size() - 1);
        Duration pass = Duration.between(recreations.get(recreations.size() - times), last)
                .dividedBy(times - 1L);
        Duration calm = pass.multipliedBy(PASSES_MISSED);
        Duration bounded = calm.compareTo(SHORTEST_CALM) < 0 ? SHORTEST_CALM : calm;
        return last.plus(bounded.compareTo(LONGEST_CALM) > 0 ? LONGEST_CALM : bounded)
                .isAfter(now);
    }

    private static String content(KnownEntry entry) {
        return entry.spiffeId() + ' ' + String.join(",", entry.selectors());
    }

    private static <T> List<T> latest(List<T> all) {
        return all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
    }
}
