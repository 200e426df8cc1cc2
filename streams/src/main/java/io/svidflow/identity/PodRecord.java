package io.svidflow.identity;

import io.svidflow.event.ContainerState;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.event.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stage 1 knows about one pod: its own record, so that a fact costs the same on a crowded node.
 *
 * @param pod the pod as Kubernetes last showed it; null while only an entry names it
 * @param entries registration entries that name the pod, by id
 * @param fetches its own requests
 * @param standing what was last concluded
 */
public record PodRecord(
        String uid, Description pod, Map<String, KnownEntry> entries, FetchHistory fetches, Standing standing) {

    private static final Duration FIRST_LISTING = Duration.ofSeconds(10);

    /**
     * The pod in Kubernetes.
     *
     * @param startedAt t_pod: the latest start of its containers; null while none runs
     * @param selectedSince when a rule began to select a pod that none had selected; null: selected from the start
     * @param restarts restarts of its containers
     * @param beforeCoverage it ran before anybody watched: silent until something about it changes
     */
    public record Description(
            String namespace,
            String name,
            PodRole role,
            String owner,
            String phase,
            Instant startedAt,
            int restarts,
            boolean terminating,
            boolean beforeCoverage,
            List<String> rules,
            Instant selectedSince,
            Instant observedAt) {}

    public PodRecord {
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    static PodRecord unseen(String uid) {
        return new PodRecord(uid, null, Map.of(), FetchHistory.NONE, Standing.START);
    }

    PodRecord observe(PodObserved observed, Instant at, Instant coveredSince) {
        if (pod != null && at.isBefore(pod.observedAt())) {
            return this;
        }
        Instant started = observed.getContainers().stream()
                .map(ContainerState::getStartedAt)
                .reduce(null, Times::latest);
        Instant restart = pod == null || started == null || started.equals(pod.startedAt()) ? null : started;
        boolean before = coveredSince != null && started != null && started.isBefore(coveredSince);
        List<String> rules = observed.getSelectedBy().stream()
                .map(Selection::getRule)
                .sorted()
                .toList();
        Description description = new Description(
                observed.getNamespace(),
                observed.getName(),
                observed.getRole(),
                observed.getOwnerKind() == null ? null : observed.getOwnerKind() + "/" + observed.getOwnerName(),
                observed.getPhase(),
                started,
                observed.getContainers().stream()
                        .mapToInt(ContainerState::getRestartCount)
                        .sum(),
                observed.getDeletionAt() != null,
                before,
                rules,
                selectedSince(rules, at, coveredSince),
                at);
        // A new container asks anew; what the old one was refused says nothing about it.
        FetchHistory asked = restart == null || pod.startedAt() == null ? fetches : FetchHistory.NONE;
        return new PodRecord(uid, description, entries, asked, standing);
    }

    /** The first listings of pods and of rules arrive in any order: only a later selection is news. */
    private Instant selectedSince(List<String> rules, Instant at, Instant coveredSince) {
        if (pod == null || rules.isEmpty()) {
            return null;
        }
        boolean listing = coveredSince != null && at.isBefore(coveredSince.plus(FIRST_LISTING));
        return pod.rules().isEmpty() && !listing ? at : pod.selectedSince();
    }

    PodRecord observe(EntryObserved entry, Instant createdAt, String fact) {
        Map<String, KnownEntry> known = new TreeMap<>(entries);
        if (entry.getDeleted()) {
            known.remove(entry.getEntryId());
        } else {
            KnownEntry seen = new KnownEntry(
                    entry.getEntryId(),
                    entry.getSpiffeId(),
                    entry.getParentId(),
                    entry.getRevision(),
                    createdAt,
                    null,
                    null,
                    null,
                    fact);
            known.merge(entry.getEntryId(), seen, KnownEntry::seenAgain);
        }
        return new PodRecord(uid, pod, known, fetches, standing);
    }

    PodRecord with(KnownEntry entry) {
        Map<String, KnownEntry> known = new TreeMap<>(entries);
        known.put(entry.id(), entry);
        return new PodRecord(uid, pod, known, fetches, standing);
    }

    PodRecord with(FetchHistory history) {
        return new PodRecord(uid, pod, entries, history, standing);
    }

    PodRecord with(Standing newStanding) {
        return new PodRecord(uid, pod, entries, fetches, newStanding);
    }

    PodRecord withoutPod() {
        return new PodRecord(uid, null, entries, FetchHistory.NONE, Standing.START);
    }

    /** First creation of an entry for the pod; null while there is none. */
    Instant entryCreatedAt() {
        return entries.values().stream().map(KnownEntry::createdAt).reduce(null, Times::earliest);
    }

    boolean workload() {
        return pod != null && pod.role() == PodRole.WORKLOAD;
    }

    /** A process of the pod asks although Kubernetes does not say yet that its container runs: a postStart hook waits. */
    boolean askingUnstarted() {
        return workload()
                && !running()
                && !pod.terminating()
                && "Pending".equals(pod.phase())
                && fetches.attestFailingSince() != null;
    }

    boolean running() {
        return pod != null && pod.startedAt() != null && "Running".equals(pod.phase()) && !pod.terminating();
    }
}
