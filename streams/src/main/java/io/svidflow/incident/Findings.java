package io.svidflow.incident;

import io.svidflow.diagnosis.Diagnosis;
import io.svidflow.event.Alternative;
import io.svidflow.event.Evidence;
import io.svidflow.event.Finding;
import io.svidflow.event.HeadlineChange;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.PodTransition;
import io.svidflow.event.Prediction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Words findings: opening, revising and closing them. Pure. */
final class Findings {

    /** A new headline must be clearly better than the old one. */
    private static final double CLEARLY = 0.05;

    /** From here on a missing entry was explained by more than its absence. */
    private static final double DECISIVE = 0.9;

    private Findings() {}

    static Finding open(String cluster, PodTransition pod, Diagnosis diagnosis, Prediction prediction, Instant now) {
        return describe(Finding.newBuilder(), pod, diagnosis, prediction)
                .setId(id("finding", cluster, pod.getPodUid(), pod.getSince().toString()))
                .setCluster(cluster)
                .setIncidentId(null)
                .setNamespace(pod.getNamespace())
                .setPod(pod.getPod())
                .setPodUid(pod.getPodUid())
                .setNode(pod.getNode())
                .setOwner(pod.getOwner())
                .setSince(pod.getSince())
                .setDetectedAt(now)
                .setRecoveredAt(null)
                .setProof(null)
                .setRevision(1)
                .setUpdatedAt(now)
                .setHistory(List.of(new HeadlineChange(now, diagnosis.cause())))
                .build();
    }

    /** The finding as it stands now; the same object when nothing worth telling changed. */
    static Finding revise(Finding old, PodTransition pod, Diagnosis found, Prediction prediction, Instant now) {
        if (losesItsName(old, pod, found)) {
            return old;
        }
        Diagnosis diagnosis = keepHeadline(old, found) ? withHeadline(old, found) : found;
        boolean same = old.getCause().equals(diagnosis.cause())
                && Objects.equals(old.getVariant(), diagnosis.variant())
                && old.getState() == pod.getState()
                && old.getFirstMissing() == pod.getFirstMissing()
                && Objects.equals(old.getPrediction(), prediction);
        if (same) {
            return old;
        }
        return describe(Finding.newBuilder(old), pod, diagnosis, prediction)
                .setRevision(old.getRevision() + 1)
                .setUpdatedAt(now)
                .setHistory(history(old, diagnosis.cause(), now))
                .build();
    }

    static Finding recovered(Finding old, PodTransition pod, Instant now) {
        return Finding.newBuilder(over(old, pod, now))
                .setState(IdentityState.RECOVERED)
                .setRecoveredAt(now)
                .setProof(pod.getProof())
                .build();
    }

    /** What was missing is there again; whether the pod has obtained its identity cannot be seen. */
    static Finding unseen(Finding old, PodTransition pod, Instant now) {
        return Finding.newBuilder(over(old, pod, now))
                .setState(IdentityState.UNKNOWN)
                .build();
    }

    private static Finding over(Finding old, PodTransition pod, Instant now) {
        // What was missing and came late is a lag, whatever it looked like while it was missing.
        boolean cameLate = old.getFirstMissing() == Link.ENTRY_PRESENT
                && pod.getClocks().getEntry() != null
                && (old.getCause().equals("UNKNOWN")
                        || (old.getCause().equals("ENTRY_MISSING") && old.getConfidence() < DECISIVE));
        String cause = cameLate ? "REGISTRAR_LAG" : old.getCause();
        return Finding.newBuilder(old)
                .setCause(cause)
                .setVariant(cameLate ? null : old.getVariant())
                .setHistory(history(old, cause, now))
                .setClocks(pod.getClocks())
                .setRevision(old.getRevision() + 1)
                .setUpdatedAt(now)
                .build();
    }

    /** Its name stands, and is less certain. */
    static Finding lessSure(Finding old, double confidence) {
        return Finding.newBuilder(old).setConfidence(confidence).build();
    }

    static Finding gone(Finding old, Instant now) {
        return Finding.newBuilder(old)
                .setState(IdentityState.GONE)
                .setRevision(old.getRevision() + 1)
                .setUpdatedAt(now)
                .build();
    }

    /** Its incident turned out to be a part of another. */
    static Finding movedTo(Finding finding, String incidentId, Instant now) {
        return Finding.newBuilder(finding)
                .setIncidentId(incidentId)
                .setRevision(finding.getRevision() + 1)
                .setUpdatedAt(now)
                .build();
    }

    static Finding inIncident(Finding finding, String incidentId) {
        return Objects.equals(finding.getIncidentId(), incidentId)
                ? finding
                : Finding.newBuilder(finding).setIncidentId(incidentId).build();
    }

    private static Finding.Builder describe(
            Finding.Builder finding, PodTransition pod, Diagnosis diagnosis, Prediction prediction) {
        return finding.setState(pod.getState())
                .setCause(diagnosis.cause())
                .setVariant(diagnosis.variant())
                .setConfidence(diagnosis.confidence())
                .setAlternatives(diagnosis.alternatives())
                .setFirstMissing(pod.getFirstMissing())
                .setProven(pod.getProven())
                .setEvidence(evidence(pod.getEvidence(), diagnosis.because()))
                .setRuledOut(diagnosis.ruledOut())
                .setNotCollected(diagnosis.notCollected())
                .setClocks(pod.getClocks())
                .setPrediction(prediction);
    }

    private static List<Evidence> evidence(List<Evidence> chain, List<Evidence> because) {
        Map<String, Evidence> lines = new LinkedHashMap<>();
        chain.forEach(line -> lines.put(line.getAt() + line.getText(), line));
        because.forEach(line -> lines.putIfAbsent(line.getAt() + line.getText(), line));
        List<Evidence> sorted = new ArrayList<>(lines.values());
        sorted.sort(Comparator.comparing(Evidence::getAt).thenComparing(Evidence::getText));
        return sorted;
    }

    private static List<HeadlineChange> history(Finding old, String cause, Instant now) {
        List<HeadlineChange> history = new ArrayList<>(old.getHistory());
        if (!old.getCause().equals(cause)) {
            history.add(new HeadlineChange(now, cause));
        }
        return history;
    }

    /** The fault has gone, and the pod has not been looked at since: what it was is still the best name for it. */
    private static boolean losesItsName(Finding old, PodTransition pod, Diagnosis found) {
        return found.cause().equals("UNKNOWN")
                && !old.getCause().equals("UNKNOWN")
                && old.getState() == pod.getState()
                && old.getFirstMissing() == pod.getFirstMissing();
    }

    private static boolean keepHeadline(Finding old, Diagnosis found) {
        return found.alternatives().stream()
                .anyMatch(other -> other.getCause().equals(old.getCause())
                        && found.confidence() - other.getConfidence() < CLEARLY);
    }

    private static Diagnosis withHeadline(Finding old, Diagnosis found) {
        List<Alternative> others = new ArrayList<>();
        others.add(new Alternative(found.cause(), found.confidence()));
        double confidence = found.confidence();
        for (Alternative other : found.alternatives()) {
            if (other.getCause().equals(old.getCause())) {
                confidence = other.getConfidence();
            } else {
                others.add(other);
            }
        }
        return new Diagnosis(
                old.getCause(),
                old.getVariant(),
                confidence,
                old.getEvidence(),
                others,
                found.ruledOut(),
                found.notCollected());
    }

    static String id(String... parts) {
        return UUID.nameUUIDFromBytes(String.join("\n", parts).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
