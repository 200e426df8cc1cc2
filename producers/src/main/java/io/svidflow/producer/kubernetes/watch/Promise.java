package io.svidflow.producer.kubernetes.watch;

import io.svidflow.producer.kubernetes.KubernetesKind;
import io.svidflow.producer.kubernetes.KubernetesKind.Use;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.live.Position;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeMap;

/**
 * Until when everything has been said that pods are judged by. Where one of the kinds that matter cannot be observed, it
 * stands still: after a while the source counts as late, and no pod is judged by objects that may be out of date.
 */
final class Promise {

    private final Outlet outlet;
    private final Collection<LaneMemory> lanes;
    private Instant until;
    private Instant notBefore = Instant.MIN;

    Promise(Outlet outlet, Collection<LaneMemory> lanes) {
        this.outlet = outlet;
        this.lanes = lanes;
        this.until = outlet.resumeFrom().map(Position::until).orElse(null);
    }

    /** Last instant that was promised, by an earlier process if not by this one; null: none ever. */
    Instant until() {
        return until;
    }

    /**
     * What happened between the last promise and an instant may be missing.
     *
     * @param to first instant from which nothing is missing
     */
    void broken(Instant to, String why) throws InterruptedException {
        if (until != null && until.isBefore(to)) {
            outlet.gap(until, to, why);
            notBefore = to;
        }
    }

    /** Promises as much as is true by now; nothing if that is no more than before. */
    void renew() throws InterruptedException {
        Instant complete = complete();
        boolean more = complete != null && !complete.isBefore(notBefore) && (until == null || complete.isAfter(until));
        if (more) {
            TreeMap<String, String> marks = new TreeMap<>();
            for (LaneMemory lane : lanes) {
                if (lane.version() != null) {
                    marks.put(lane.lane().name(), lane.version());
                }
            }
            until = complete;
            outlet.observed(new Position(until, marks));
        }
    }

    private Instant complete() {
        Instant earliest = null;
        for (LaneMemory lane : lanes) {
            if (lane.lane().kind().use() != Use.JUDGING || (lane.excused() && dispensable(lane))) {
                continue;
            }
            if (lane.complete() == null || lane.excused()) {
                return null;
            }
            earliest = earliest == null || lane.complete().isBefore(earliest) ? lane.complete() : earliest;
        }
        return earliest;
    }

    /** Without rules, what selects a pod is not known, and is said to be not known; without nodes and pods all is. */
    private static boolean dispensable(LaneMemory lane) {
        return lane.lane().kind() == KubernetesKind.RULES || lane.lane().kind() == KubernetesKind.NAMESPACES;
    }
}
