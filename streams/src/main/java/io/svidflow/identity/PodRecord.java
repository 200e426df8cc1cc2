package io.svidflow.identity;

import io.svidflow.event.ContainerState;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.event.PodWarning;
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
 * @param churn how steadily the pod is registered
 * @param attestedAs all selectors that its process had when it was last attested; empty: not known
 * @param mount the volume with the socket, as far as it could not be mounted
 * @param flaps how often its agent lost the entry and got it back
 * @param requests when it was seen to ask
 */
public record PodRecord(
        String uid,
        Description pod,
        Map<String, KnownEntry> entries,
        FetchHistory fetches,
        Standing standing,
        EntryChurn churn,
        List<String> attestedAs,
        MountHistory mount,
        EntryFlaps flaps,
        RequestHistory requests) {

    private static final Duration FIRST_LISTING = Duration.ofSeconds(10);

    /**
     * The pod in Kubernetes.
     *
     * @param startedAt t_pod: the latest start of its containers; null while none runs
     * @param selectedSince when a rule began to select a pod that none had selected; null: selected from the start
     * @param restarts restarts of its containers
     * @param beforeCoverage it ran before anybody watched: silent until something about it changes
     * @param selectionKnown the rules were readable: no rules then means that none selects the pod
     * @param template which version of its owner's template made it; null: not known
     * @param selectors what the k8s attestor can say of its processes, by the Pod object; empty: not known
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
            Instant observedAt,
            boolean selectionKnown,
            String template,
            List<String> selectors) {

        public Description {
            selectors = selectors == null ? List.of() : List.copyOf(selectors);
        }
    }

    public PodRecord {
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
        churn = churn == null ? EntryChurn.NONE : churn;
        flaps = flaps == null ? EntryFlaps.NONE : flaps;
        attestedAs = attestedAs == null ? List.of() : List.copyOf(attestedAs);
        mount = mount == null ? MountHistory.NONE : mount;
        requests = requests == null ? RequestHistory.NONE : requests;
    }

    static PodRecord unseen(String uid) {
        return new PodRecord(
                uid,
                null,
                Map.of(),
                FetchHistory.NONE,
                Standing.START,
                EntryChurn.NONE,
                List.of(),
                MountHistory.NONE,
                EntryFlaps.NONE,
                RequestHistory.NONE);
    }

    PodRecord observe(PodObserved observed, Instant at, Instant coveredSince) {
        if (pod != null && at.isBefore(pod.observedAt())) {
            return this;
        }
        Instant latest = observed.getContainers().stream()
                .map(ContainerState::getStartedAt)
                .reduce(null, Times::latest);
        // The node's clock may be behind; the pod was created by that of the API server.
        Instant started = latest == null ? null : Times.latest(latest, observed.getCreatedAt());
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
                at,
                observed.getSelectionKnown(),
                observed.getTemplate(),
                observed.getSelectors());
        // A new container asks anew; what the old one was refused says nothing about it.
        boolean anew = restart != null && pod.startedAt() != null;
        return new PodRecord(
                uid,
                description,
                entries,
                anew ? FetchHistory.NONE : fetches,
                standing,
                churn,
                anew ? List.of() : attestedAs,
                mount,
                anew ? EntryFlaps.NONE : flaps,
                anew ? RequestHistory.NONE : requests);
    }

    /** The first listings of pods and of rules arrive in any order: only a later selection is news. */
    private Instant selectedSince(List<String> rules, Instant at, Instant coveredSince) {
        if (pod == null || rules.isEmpty()) {
            return null;
        }
        boolean listing = coveredSince != null && at.isBefore(coveredSince.plus(FIRST_LISTING));
        return pod.rules().isEmpty() && !listing ? at : pod.selectedSince();
    }

    PodRecord observe(EntryObserved entry, Instant createdAt, Instant at, String fact) {
        Map<String, KnownEntry> known = new TreeMap<>(entries);
        EntryChurn steadiness = churn;
        if (entry.getDeleted()) {
            KnownEntry gone = known.remove(entry.getEntryId());
            steadiness = gone == null ? churn : churn.deleted(gone, known.values(), at);
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
                    fact,
                    entry.getSelectors(),
                    null,
                    null);
            steadiness = known.containsKey(entry.getEntryId()) ? churn : churn.created(seen);
            known.merge(entry.getEntryId(), seen, (old, newer) -> old.seenAgain(newer, at));
        }
        return new PodRecord(uid, pod, known, fetches, standing, steadiness, attestedAs, mount, flaps, requests);
    }

    PodRecord with(KnownEntry entry) {
        Map<String, KnownEntry> known = new TreeMap<>(entries);
        known.put(entry.id(), entry);
        return new PodRecord(uid, pod, known, fetches, standing, churn, attestedAs, mount, flaps, requests);
    }

    PodRecord observe(PodWarning warning, Instant at, String fact) {
        if (!warning.getSpiffeVolume()) {
            return this;
        }
        MountHistory failed = mount.failed(warning.getFirstAt(), at, warning.getMessage(), fact);
        return new PodRecord(uid, pod, entries, fetches, standing, churn, attestedAs, failed, flaps, requests);
    }

    /** No container of the pod can start, for want of the volume with the socket. */
    boolean mountFailing(Instant now) {
        return workload() && pod.startedAt() == null && !pod.terminating() && mount.failing(now);
    }

    /** The pod's agent has got back an entry that it had lost. */
    PodRecord entryRegained(Instant at) {
        return new PodRecord(
                uid, pod, entries, fetches, standing, churn, attestedAs, mount, flaps.regained(at), requests);
    }

    PodRecord with(FetchHistory history) {
        return new PodRecord(uid, pod, entries, history, standing, churn, attestedAs, mount, flaps, requests);
    }

    /** The pod's process was attested with these selectors; none: it is not known with which. */
    PodRecord attestedAs(List<String> selectors) {
        return selectors.isEmpty()
                ? this
                : new PodRecord(uid, pod, entries, fetches, standing, churn, selectors, mount, flaps, requests);
    }

    PodRecord with(RequestHistory asked) {
        return new PodRecord(uid, pod, entries, fetches, standing, churn, attestedAs, mount, flaps, asked);
    }

    PodRecord with(Standing newStanding) {
        return new PodRecord(uid, pod, entries, fetches, newStanding, churn, attestedAs, mount, flaps, requests);
    }

    PodRecord withoutPod() {
        return new PodRecord(
                uid,
                null,
                entries,
                FetchHistory.NONE,
                Standing.START,
                churn,
                List.of(),
                MountHistory.NONE,
                EntryFlaps.NONE,
                RequestHistory.NONE);
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
