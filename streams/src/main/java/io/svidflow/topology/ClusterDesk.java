package io.svidflow.topology;

import io.svidflow.diagnosis.ServerHealth;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.Progress;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationResult;
import io.svidflow.event.ServerEvent;
import io.svidflow.incident.ClusterState;
import io.svidflow.incident.ClusterStore;
import io.svidflow.incident.IncidentTracker;
import io.svidflow.remediation.Policy;
import io.svidflow.watermark.StreamProgress;
import io.svidflow.watermark.Watermarks;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.KeyValueStore;

/** Stage 2 of one cluster: what waits for its turn, how far everybody has come, and the tracker that takes the turns. */
final class ClusterDesk {

    private static final String PROGRESS = "progress/";
    /** Who has settled nothing yet is as far behind as can be. */
    private static final Duration LONG_AGO = Duration.ofDays(1);

    private final String cluster;
    private final ClusterStore store;
    private final KeyValueStore<String, SpecificRecord> pending;
    private final AppliedFacts applied;
    private final Serde<SpecificRecord> bytes;
    private final Consumer<SpecificRecord> output;
    private final ClusterState state;
    private final IncidentTracker tracker;
    private final TreeMap<Turn, SpecificRecord> waiting = new TreeMap<>();
    private final TreeMap<String, Instant> partitions = new TreeMap<>();
    private int expectedPartitions = Integer.MAX_VALUE;
    private Instant settled = Instant.MIN;
    private int streams;

    ClusterDesk(
            String cluster,
            IncidentTopology.Settings settings,
            Policy policy,
            ClusterStore store,
            KeyValueStore<String, SpecificRecord> pending,
            AppliedFacts applied,
            Serde<SpecificRecord> bytes,
            Consumer<SpecificRecord> output) {
        this.cluster = cluster;
        this.store = store;
        this.pending = pending;
        this.applied = applied;
        this.bytes = bytes;
        this.output = output;
        this.state = new ClusterState(cluster, store);
        this.tracker = new IncidentTracker(state, settings.backoff(), policy);
    }

    void restore(String key, SpecificRecord value) {
        state.restore(key, value);
    }

    void restore(String key, Instant at) {
        if (key.startsWith(PROGRESS)) {
            String[] name = key.substring(PROGRESS.length()).split("/", 2);
            expectedPartitions = Integer.parseInt(name[1]);
            partitions.put(name[0], at);
        } else if (key.equals("settled")) {
            settled = at;
        } else {
            state.restore(key, at);
        }
    }

    void restore(ServerHealth health) {
        state.restore(health);
    }

    void restoreWaiting(SpecificRecord event) {
        waiting.put(turn(event), event);
    }

    void progressed(int partition, Progress progress) {
        expectedPartitions = progress.getPartitions();
        partitions.merge(String.valueOf(partition), progress.getUntil(), (a, b) -> a.isAfter(b) ? a : b);
        store.save(PROGRESS + partition + "/" + expectedPartitions, partitions.get(String.valueOf(partition)));
    }

    /** Whether it is a repetition of a fact that has been taken already. */
    boolean tookTurnBefore(ServerEvent fact) {
        boolean behind = !fact.getHeader().getObservedTime().isAfter(settled);
        return behind && applied.contains(cluster, fact.getHeader());
    }

    void waits(Turn turn, SpecificRecord event) {
        if (!turn.at().isAfter(settled)) {
            take(event); // it comes late: better now than never
            return;
        }
        waiting.put(turn, event);
        pending.put(cluster + '\n' + turn.key(), event);
    }

    void answered(RemediationResult result) {
        tracker.apply(result).forEach(output);
    }

    void wished(RemediationControl wish) {
        tracker.apply(wish).forEach(output);
    }

    /** @param clock the time of the day; null: time is only in the facts */
    void settle(Watermarks server, Instant clock) {
        Instant reached = settled.equals(Instant.MIN) && clock != null ? clock.minus(LONG_AGO) : settled;
        tracker.behind(clock == null ? Duration.ZERO : Duration.between(reached, clock));
        settle(server);
    }

    /** Takes every turn that everybody has passed, and the whole seconds between them. */
    private void settle(Watermarks server) {
        Set<String> names = server.streams(Watermarks.EVERY_NODE).keySet();
        if (names.size() != streams) {
            streams = names.size();
            state.watchedBy(Coverages.sources(names));
        }
        Instant until = settledUntil(server);
        if (until == null || !until.isAfter(settled)) {
            return;
        }
        while (!waiting.isEmpty() && !waiting.firstKey().at().isAfter(until)) {
            Turn turn = waiting.firstKey();
            tickUntil(turn.at().minus(1, ChronoUnit.MICROS));
            SpecificRecord event = waiting.remove(turn);
            pending.delete(cluster + '\n' + turn.key());
            take(event);
        }
        tickUntil(until);
        settled = until;
        store.save("settled", settled);
        applied.sweep(cluster, settled);
    }

    private Instant settledUntil(Watermarks server) {
        if (partitions.size() < expectedPartitions) {
            return null;
        }
        Instant slowest = partitions.values().stream().min(Instant::compareTo).orElseThrow();
        boolean nobodyWatchesTheServer =
                server.streams(Watermarks.EVERY_NODE).values().stream().allMatch(StreamProgress::late);
        Instant facts = nobodyWatchesTheServer ? slowest : server.everyNode();
        if (facts == null) {
            return null;
        }
        return facts.isBefore(slowest) ? facts : slowest;
    }

    private void take(SpecificRecord event) {
        try {
            if (event instanceof ServerEvent fact) {
                applied.add(cluster, fact.getHeader());
                tracker.apply(fact);
            } else {
                tracker.apply((PodIdentityEvent) event).forEach(output);
            }
        } catch (KafkaException e) {
            throw e; // not the event's fault
        } catch (RuntimeException e) {
            throw EventBytes.refused(bytes, IncidentTopology.KEPT, cluster, event, e);
        }
    }

    private void tickUntil(Instant until) {
        Instant last = until.truncatedTo(ChronoUnit.SECONDS);
        Instant next = state.lastTick().map(tick -> tick.plusSeconds(1)).orElse(last);
        while (!next.isAfter(last)) {
            if (state.quiet()) {
                next = last;
            }
            tracker.tick(next).forEach(output);
            state.ticked(next);
            next = next.plusSeconds(1);
        }
    }

    private static Turn turn(SpecificRecord event) {
        return event instanceof ServerEvent fact ? Turn.of(fact) : Turn.of((PodIdentityEvent) event);
    }
}
