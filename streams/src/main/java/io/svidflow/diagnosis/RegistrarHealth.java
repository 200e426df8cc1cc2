package io.svidflow.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * spire-controller-manager, which writes the registration entries.
 *
 * @param last when each sign was last seen
 * @param failingSince first of the reconcile passes that were aborted since one went through; null: none
 * @param error error of the last aborted pass
 * @param calls calls to the server that the audit log showed
 * @param previous when it was last down, once it was over
 * @param rules what it last counted for each registration rule
 * @param watch whether those who would tell of its calls were heard of
 */
public record RegistrarHealth(
        Map<Sign, Instant> last,
        Instant failingSince,
        String error,
        int calls,
        Outage previous,
        Map<String, RuleCounts> rules,
        Watch watch) {

    /** What shows that the registrar works, or that it does not. */
    public enum Sign {
        /** It says that it stops or has lost its lease. */
        STOPPED,
        /** It has the leader lease. */
        LEADING,
        /** It was triggered. */
        RECONCILING,
        /** It tried a pass that failed for a reason beyond it. */
        TRIED,
        /** It called the server, by the audit log. */
        CALLED,
        /** An entry was created, by whoever's word. */
        WROTE,
        /** It wrote the status of a rule, which it does at the end of a pass. */
        REPORTED,
        /** Its container does not run. */
        CONTAINER_STOPPED,
        /** Its container runs. */
        CONTAINER_RUNNING
    }

    /** It calls the server at least every 10 s (gcInterval): several missed rounds are silence. */
    private static final Duration SILENCE = Duration.ofSeconds(45);
    /** Aborted passes for this long are more than a hiccup. */
    private static final Duration FAILING = Duration.ofSeconds(20);
    /** Rules of one cluster whose counts are kept. */
    private static final int MOST_RULES = 1000;
    /** Calls that make a rhythm. */
    private static final int RHYTHM = 3;

    static final RegistrarHealth UNKNOWN = new RegistrarHealth(Map.of(), null, null, 0, null, Map.of(), Watch.UNBROKEN);

    public RegistrarHealth {
        rules = Collections.unmodifiableMap(rules == null ? new TreeMap<>() : new TreeMap<>(rules));
        watch = watch == null ? Watch.UNBROKEN : watch;
    }

    /**
     * Why and since when it is down.
     *
     * @param bySilence nothing says so but that it has not been heard of
     */
    record Down(Instant since, String because, boolean bySilence) {}

    RegistrarHealth saw(Sign sign, Instant at) {
        Outage over =
                switch (sign) {
                    case STOPPED, CONTAINER_STOPPED, TRIED -> previous;
                    case CONTAINER_RUNNING ->
                        containerStopped() ? new Outage(at(Sign.CONTAINER_STOPPED), at) : previous;
                    default ->
                        down(at).map(down -> new Outage(down.since(), at)).orElse(previous);
                };
        Map<Sign, Instant> seen = new EnumMap<>(Sign.class);
        seen.putAll(last);
        seen.merge(sign, at, (a, b) -> a.isAfter(b) ? a : b);
        boolean through = sign == Sign.CALLED || sign == Sign.WROTE;
        return new RegistrarHealth(
                seen,
                through ? null : failingSince,
                through ? null : error,
                sign == Sign.CALLED ? calls + 1 : calls,
                over,
                rules,
                watch);
    }

    /** A source that tells of its calls fell silent, or came back. */
    RegistrarHealth watched(String source, boolean late, Instant at) {
        Watch changed = late ? watch.lost(source, at) : watch.regained(source, at);
        return changed.equals(watch)
                ? this
                : new RegistrarHealth(last, failingSince, error, calls, previous, rules, changed);
    }

    RegistrarHealth failed(Instant at, String text) {
        if (max(at(Sign.CALLED), at(Sign.WROTE)).isAfter(at)) {
            return this; // it comes late: a pass has gone through since
        }
        return new RegistrarHealth(
                last,
                failingSince == null || at.isBefore(failingSince) ? at : failingSince,
                text,
                calls,
                previous,
                rules,
                watch);
    }

    /** It counted what came of a rule; no counts: the rule is gone. */
    RegistrarHealth counted(String rule, RuleCounts counts) {
        Map<String, RuleCounts> known = new TreeMap<>(rules);
        if (counts.counts().isEmpty()) {
            known.remove(rule);
        } else if (known.containsKey(rule) || known.size() < MOST_RULES) {
            known.merge(rule, counts, (old, now) -> old.counts().equals(now.counts()) ? old : now);
        }
        return new RegistrarHealth(last, failingSince, error, calls, previous, known, watch);
    }

    /** When the sign was last seen; {@link Instant#MIN} if never. */
    Instant at(Sign sign) {
        return last.getOrDefault(sign, Instant.MIN);
    }

    /** Last sign of work; {@link Instant#MIN} if there was none. */
    Instant workedAt() {
        Instant spoke = max(max(at(Sign.LEADING), at(Sign.RECONCILING)), at(Sign.REPORTED));
        return max(spoke, max(at(Sign.CALLED), at(Sign.WROTE)));
    }

    /** Why it is down at {@code now}; empty when nothing says so. */
    Optional<Down> down(Instant now) {
        if (containerStopped()) {
            return Optional.of(new Down(at(Sign.CONTAINER_STOPPED), "its container does not run", false));
        }
        if (at(Sign.STOPPED).isAfter(workedAt())) {
            return Optional.of(new Down(at(Sign.STOPPED), "it stopped and has not led since", false));
        }
        if (failingSince != null && now.isAfter(failingSince.plus(FAILING))) {
            return Optional.of(new Down(failingSince, "its passes are aborted: " + error, false));
        }
        Instant call = max(at(Sign.TRIED), workedAt());
        // what nobody would have heard is no silence
        if (callsInRhythm() && watch.unbroken(call, now).compareTo(SILENCE) > 0) {
            return Optional.of(new Down(call, "it has not called the server since, which it does every 10 s", true));
        }
        return Optional.empty();
    }

    /** Whether it has been seen to call so often that a pause would be noticed. */
    boolean callsInRhythm() {
        return calls >= RHYTHM;
    }

    private boolean containerStopped() {
        return at(Sign.CONTAINER_STOPPED).isAfter(at(Sign.CONTAINER_RUNNING));
    }

    private static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
