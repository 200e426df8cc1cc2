package io.svidflow.incident;

import io.svidflow.diagnosis.SiblingRequests;
import io.svidflow.diagnosis.Siblings;
import io.svidflow.event.RequestHabit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What is known of the pods of an owner, by the version of its template: who has an identity, and who asks for one. */
final class SiblingMemory {

    private static final String SIBLING = "sibling/";
    private static final String REQUESTS = "requests/";
    private static final String FORMER = "former";
    /** A pod is judged a minute after its start, and a rollout of many takes a while. */
    private static final Duration FORMER_PODS = Duration.ofMinutes(5);

    private final Moments moments;

    SiblingMemory(Moments moments) {
        this.moments = moments;
    }

    Siblings healthy(String owner, String template) {
        String pods = SIBLING + owner + '/';
        String alike = pods + named(template) + '/';
        Instant same = null;
        Instant other = null;
        for (Map.Entry<String, Instant> pod : moments.below(pods).entrySet()) {
            if (pod.getKey().startsWith(alike)) {
                same = later(same, pod.getValue());
            } else {
                other = later(other, pod.getValue());
            }
        }
        return new Siblings(same, other);
    }

    /**
     * A pod of the owner has an identity, or has none any more.
     *
     * @param at since when; null: it has none
     */
    void identity(String owner, String template, String podUid, Instant at) {
        String key = SIBLING + owner + '/' + named(template) + '/' + podUid;
        if (at != null) {
            moments.remember(key, at);
        } else {
            moments.forget(key);
        }
    }

    /** A pod of the owner is gone. That it had an identity is remembered a while: a rollout ends with its old pods. */
    void gone(String owner, String template, String podUid, Instant now) {
        String place = owner + '/' + named(template) + '/';
        boolean healthy = moments.knows(SIBLING + place + podUid);
        moments.forget(SIBLING + place + podUid);
        if (healthy && template != null) {
            moments.remember(SIBLING + place + FORMER, now);
            moments.remember(FORMER + '/' + place, now);
        }
    }

    /**
     * What a pod was seen to do about its identity.
     *
     * @param habit UNSEEN: nothing is known, or the pod is gone
     */
    void requests(String owner, String template, String podUid, RequestHabit habit, Instant now) {
        String place = REQUESTS + owner + '/' + named(template) + '/';
        for (RequestHabit other : RequestHabit.values()) {
            if (other != habit) {
                moments.forget(place + other + '/' + podUid);
            }
        }
        if (habit != RequestHabit.UNSEEN) {
            moments.remember(place + habit + '/' + podUid, now);
        }
    }

    SiblingRequests requests(String owner, String template) {
        String place = REQUESTS + owner + '/' + named(template) + '/';
        return new SiblingRequests(
                count(place, RequestHabit.ASKED),
                count(place, RequestHabit.RETURNED),
                count(place, RequestHabit.SILENT));
    }

    private int count(String place, RequestHabit habit) {
        return moments.below(place + habit + '/').size();
    }

    /** Forgets pods that have been gone for a while. */
    void forget(Instant now) {
        List.copyOf(moments.below(FORMER + '/').entrySet()).stream()
                .filter(gone -> gone.getValue().plus(FORMER_PODS).isBefore(now))
                .map(gone -> gone.getKey().substring(FORMER.length() + 1))
                .forEach(place -> {
                    moments.forget(FORMER + '/' + place);
                    moments.forget(SIBLING + place + FORMER);
                });
    }

    private static Instant later(Instant a, Instant b) {
        return a == null || b.isAfter(a) ? b : a;
    }

    private static String named(String template) {
        return template == null ? "" : template;
    }
}
