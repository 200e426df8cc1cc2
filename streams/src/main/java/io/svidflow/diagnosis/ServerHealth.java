package io.svidflow.diagnosis;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The SPIRE server of a cluster, its datastore and its registrar.
 *
 * @param containerStopped since when the server's own container has not been running; null: it runs, as far as known
 * @param previous when the server was last down, once it was over
 * @param renderFailures pods whose entry could not be rendered (namespace/name), with the time of the last failure
 * @param noise lines that look like faults and are none, with how often they were seen
 * @param unreachableSince since when the server has been out of reach, whatever showed it; null: it is not
 * @param polls polls of its API that it has not answered
 * @param troubles what its log complains about while it answers
 */
public record ServerHealth(
        DatastoreHealth datastore,
        RegistrarHealth registrar,
        Instant containerStopped,
        Outage previous,
        Map<String, Instant> renderFailures,
        Map<String, Integer> noise,
        Instant unreachableSince,
        Unanswered polls,
        Map<Trouble, Complaints> troubles) {

    /** A rule that cannot be rendered fails for all its pods: the latest are enough. */
    private static final int REMEMBERED = 1000;

    public static final ServerHealth UNKNOWN = new ServerHealth(
            DatastoreHealth.UNKNOWN,
            RegistrarHealth.UNKNOWN,
            null,
            null,
            Map.of(),
            Map.of(),
            null,
            Unanswered.NONE,
            Map.of());

    public ServerHealth {
        troubles = troubles == null ? Map.of() : Map.copyOf(troubles);
        polls = polls == null ? Unanswered.NONE : polls.until(datastore.lastAnswer());
    }

    /** Whether there is nothing that time alone could change. */
    public boolean quiet() {
        return datastore.firstError() == null
                && containerStopped == null
                && unreachableSince == null
                && registrar.failingSince() == null
                && !polls.lasting()
                && !trouble(Trouble.ROTATION).present()
                && !trouble(Trouble.SIGNING).present();
    }

    /** The present outage of the datastore, or else the last one. */
    public Optional<Outage> datastoreOutage(Instant now) {
        return datastore.outage(now);
    }

    ServerHealth with(DatastoreHealth newDatastore) {
        return new ServerHealth(
                newDatastore,
                registrar,
                containerStopped,
                previous,
                renderFailures,
                noise,
                unreachableSince,
                polls,
                troubles);
    }

    ServerHealth with(RegistrarHealth newRegistrar) {
        return new ServerHealth(
                datastore,
                newRegistrar,
                containerStopped,
                previous,
                renderFailures,
                noise,
                unreachableSince,
                polls,
                troubles);
    }

    ServerHealth container(Instant stopped, Instant at) {
        Outage over = containerStopped != null && stopped == null ? new Outage(containerStopped, at) : previous;
        Instant since = stopped == null || containerStopped == null ? stopped : containerStopped;
        return new ServerHealth(
                datastore, registrar, since, over, renderFailures, noise, unreachableSince, polls, troubles);
    }

    /** Whether it complains at {@code now} of something without which it cannot serve everybody. */
    public boolean complains(Instant now) {
        return Stream.of(Trouble.SIGNING, Trouble.ROTATION, Trouble.CONTENTION, Trouble.WRITES, Trouble.SOME_CALLS)
                .anyMatch(kind -> lasts(kind, now));
    }

    /**
     * The present fault of its CA, or else the last one: it cannot be renewed, or signs nothing any more. Nothing of it shows
     * at the pods before their SVIDs run out.
     */
    public Optional<Outage> caFault(Instant now) {
        return Stream.of(Trouble.ROTATION, Trouble.SIGNING)
                .filter(kind -> kind == Trouble.ROTATION
                        || ErrorText.caCannotSign(trouble(kind).text()))
                .flatMap(kind -> trouble(kind).outage(now).stream())
                .min(Comparator.comparing((Outage fault) -> fault.lasts() ? 0 : 1)
                        .thenComparing(Outage::start, Comparator.reverseOrder()));
    }

    /** What it says of its CA. */
    public String caWords() {
        Complaints rotation = trouble(Trouble.ROTATION);
        return rotation.present()
                ? "the server cannot renew its CA: " + rotation.text()
                : "the server cannot sign: " + trouble(Trouble.SIGNING).text();
    }

    /** Whether it reads all entries into its cache at {@code now}. */
    public boolean buildsCache(Instant now) {
        return trouble(Trouble.CACHE_BUILD).present() || lasts(Trouble.CACHE_BUILD, now);
    }

    private boolean lasts(Trouble kind, Instant now) {
        return trouble(kind).outage(now).filter(Outage::lasts).isPresent();
    }

    /** What it complains about in this respect. */
    Complaints trouble(Trouble trouble) {
        return troubles.getOrDefault(trouble, Complaints.NONE);
    }

    ServerHealth with(Trouble trouble, Complaints complaints) {
        if (complaints.equals(trouble(trouble))) {
            return this;
        }
        Map<Trouble, Complaints> changed = new EnumMap<>(Trouble.class);
        changed.putAll(troubles);
        changed.put(trouble, complaints);
        return new ServerHealth(
                datastore,
                registrar,
                containerStopped,
                previous,
                renderFailures,
                noise,
                unreachableSince,
                polls,
                changed);
    }

    /** A poll of its API got no answer. */
    ServerHealth unanswered(Instant at) {
        return new ServerHealth(
                datastore,
                registrar,
                containerStopped,
                previous,
                renderFailures,
                noise,
                unreachableSince,
                polls.failed(at),
                troubles);
    }

    /**
     * Remembers an outage beyond the failures that showed it: agents forget theirs when they synchronise again.
     *
     * @param present what shows an outage at {@code at}: one that lasts, one that has ended, or nothing
     */
    public ServerHealth reached(Optional<Outage> present, Instant at) {
        Optional<Outage> lasting = present.filter(Outage::lasts);
        if (lasting.isEmpty() && unreachableSince == null) {
            return this;
        }
        Instant since = lasting.map(outage -> earliest(outage.start())).orElse(null);
        Outage over = lasting.isPresent()
                ? previous
                : new Outage(unreachableSince, present.map(Outage::end).orElse(at));
        return new ServerHealth(
                datastore, registrar, containerStopped, over, renderFailures, noise, since, polls, troubles);
    }

    private Instant earliest(Instant start) {
        return unreachableSince == null || start.isBefore(unreachableSince) ? start : unreachableSince;
    }

    ServerHealth renderFailed(String pod, Instant at) {
        Map<String, Instant> failures = new TreeMap<>(renderFailures);
        failures.put(pod, at);
        if (failures.size() > REMEMBERED) {
            failures.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .ifPresent(failures::remove);
        }
        return new ServerHealth(
                datastore, registrar, containerStopped, previous, failures, noise, unreachableSince, polls, troubles);
    }

    ServerHealth noise(String line) {
        Map<String, Integer> lines = new TreeMap<>(noise);
        lines.merge(line, 1, Integer::sum);
        return new ServerHealth(
                datastore,
                registrar,
                containerStopped,
                previous,
                renderFailures,
                lines,
                unreachableSince,
                polls,
                troubles);
    }
}
