package io.svidflow.identity;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests on a node of which the agent's log names the pod, as it does at debug level: only where it does, a request that
 * is not seen was not made. Who is not named may be any pod: the line that names it can be lost.
 *
 * @param since first one since the agent started
 * @param nameless processes of which nobody tells the pod, by pid, and when each was first heard of
 */
record NamedRequests(Instant since, Instant last, Map<Long, Instant> nameless) {

    static final NamedRequests NONE = new NamedRequests(null, null, Map.of());

    /** More than the processes that ask outside of pods. */
    private static final int REMEMBERED = 32;

    NamedRequests {
        nameless = nameless == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(nameless));
    }

    /** @param pid process that the log names the pod of; null: the line does not tell it */
    NamedRequests seen(Instant at, Instant agentStarted, Long pid) {
        boolean anew = since == null || (agentStarted != null && since.isBefore(agentStarted));
        Map<Long, Instant> others = nameless;
        if (pid != null && nameless.containsKey(pid)) {
            others = new TreeMap<>(nameless);
            others.remove(pid);
        }
        return new NamedRequests(anew ? at : Times.earliest(since, at), Times.latest(last, at), others);
    }

    /** @param pid of a process that asked, and whose pod nobody tells; null: not even that is known */
    NamedRequests stranger(Instant at, Long pid) {
        if (since == null || pid == null || nameless.containsKey(pid)) {
            return this; // where nobody is named, silence means nothing anyway
        }
        Map<Long, Instant> known = new TreeMap<>(nameless);
        known.put(pid, at);
        if (known.size() > REMEMBERED) {
            known.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .ifPresent(eldest -> known.remove(eldest.getKey()));
        }
        return new NamedRequests(since, last, known);
    }

    /** Whether somebody was heard of first at that time or later, whom nobody names. */
    boolean strangerSince(Instant time) {
        return nameless.values().stream().anyMatch(first -> !first.isBefore(time));
    }
}
