package io.svidflow.incident;

import io.svidflow.diagnosis.Causes;
import io.svidflow.event.Evidence;
import io.svidflow.event.Finding;
import io.svidflow.event.HeadlineChange;
import io.svidflow.event.Incident;
import io.svidflow.event.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Words incidents: opening, growing, naming and closing them. Pure. */
final class Incidents {

    private Incidents() {}

    static Incident open(String cluster, String fault, String cause, List<Evidence> why, Instant now) {
        return Incident.newBuilder()
                .setId(Findings.id("incident", cluster, fault, now.toString()))
                .setCluster(cluster)
                .setCause(cause)
                .setScope(Scope.CLUSTER)
                .setNodes(List.of())
                .setFindings(List.of())
                .setPods(0)
                .setOpenedAt(now)
                .setUpdatedAt(now)
                .setClosedAt(null)
                .setReasons(List.of())
                .setEvidence(why)
                .setHistory(List.of(new HeadlineChange(now, cause)))
                .setRevision(1)
                .build();
    }

    /** The same revision with another reach; the same object when it has that one. */
    static Incident reaching(Incident incident, Scope scope) {
        return incident.getScope() == scope
                ? incident
                : Incident.newBuilder(incident).setScope(scope).build();
    }

    /** The same revision, about these nodes. */
    static Incident about(Incident incident, Collection<String> nodes) {
        return Incident.newBuilder(incident).setNodes(List.copyOf(nodes)).build();
    }

    /** It turned out to be a part of another, which goes on in its place. */
    static Incident mergedInto(Incident part, Incident whole, Instant now) {
        return next(part, now).setClosedAt(now).setMergedInto(whole.getId()).build();
    }

    /** With all that is known of a part; its headline stands. */
    static Incident absorbing(Incident whole, Incident part, Instant now) {
        TreeSet<String> pods = union(whole.getPodUids(), part.getPodUids());
        TreeSet<String> absorbed = union(whole.getAbsorbed(), part.getAbsorbed());
        absorbed.add(part.getId());
        return next(whole, now)
                .setFindings(List.copyOf(union(whole.getFindings(), part.getFindings())))
                .setNodes(List.copyOf(union(whole.getNodes(), part.getNodes())))
                .setReasons(List.copyOf(union(whole.getReasons(), part.getReasons())))
                .setPodUids(List.copyOf(pods))
                .setPods(pods.size())
                .setAbsorbed(List.copyOf(absorbed))
                .setEvidence(whole.getEvidence().isEmpty() ? part.getEvidence() : whole.getEvidence())
                .build();
    }

    private static TreeSet<String> union(Collection<String> one, Collection<String> other) {
        TreeSet<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    static Incident reopened(Incident closed, Instant now) {
        return next(closed, now).setClosedAt(null).build();
    }

    static Incident closed(Incident open, Instant now) {
        return next(open, now).setClosedAt(now).build();
    }

    static Incident named(Incident open, List<String> reasons, Collection<String> nodes, Instant now) {
        return next(open, now).setReasons(reasons).setNodes(List.copyOf(nodes)).build();
    }

    /** Under another headline; the same object when it has that one. */
    static Incident renamed(Incident open, String cause, Instant now) {
        if (cause.equals(open.getCause())) {
            return open;
        }
        List<HeadlineChange> history = new ArrayList<>(open.getHistory());
        history.add(new HeadlineChange(now, cause));
        return next(open, now).setCause(cause).setHistory(history).build();
    }

    /** With one more finding; the same object when that changes nothing. */
    static Incident with(Incident open, Finding finding, Instant now) {
        TreeSet<String> findings = new TreeSet<>(open.getFindings());
        TreeSet<String> nodes = new TreeSet<>(open.getNodes());
        boolean newFinding = findings.add(finding.getId());
        boolean newNode = nodes.add(finding.getNode());
        TreeSet<String> pods = new TreeSet<>(open.getPodUids());
        pods.add(finding.getPodUid());
        String cause = headline(open, finding);
        if (!newFinding && !newNode && cause.equals(open.getCause())) {
            return open;
        }
        List<HeadlineChange> history = new ArrayList<>(open.getHistory());
        if (!cause.equals(open.getCause())) {
            history.add(new HeadlineChange(now, cause));
        }
        return next(open, now)
                .setCause(cause)
                .setHistory(history)
                .setFindings(List.copyOf(findings))
                .setNodes(List.copyOf(nodes))
                .setPodUids(List.copyOf(pods))
                .setPods(pods.size())
                .setEvidence(open.getEvidence().isEmpty() ? finding.getEvidence() : open.getEvidence())
                .build();
    }

    /** Within one layer the latest headline of the findings names the fault; the lowest layer keeps its name. */
    private static String headline(Incident incident, Finding finding) {
        boolean sameLayer = Causes.layerOf(finding.getCause()) == Causes.layerOf(incident.getCause());
        return sameLayer ? finding.getCause() : incident.getCause();
    }

    private static Incident.Builder next(Incident incident, Instant now) {
        return Incident.newBuilder(incident).setUpdatedAt(now).setRevision(incident.getRevision() + 1);
    }
}
