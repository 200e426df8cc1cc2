package io.svidflow.topology;

import io.svidflow.diagnosis.ServerHealth;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Finding;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.Incident;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.Progress;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.event.RemediationResult;
import io.svidflow.event.RemediationRun;
import io.svidflow.event.ServerEvent;
import io.svidflow.remediation.Ladder;
import io.svidflow.remediation.Policy;
import io.svidflow.signing.CommandSigner;
import io.svidflow.topic.Topics;
import io.svidflow.watermark.Watermarks;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Shell of stage 2: lets conclusions and server facts wait until every partition of stage 1 and every source of the server
 * has passed their time, and hands them to the cluster's tracker in the order of their time.
 */
final class IncidentProcessor implements Processor<String, SpecificRecord, String, SpecificRecord> {

    private final IncidentTopology.Settings settings;
    private final Policy policy;
    private final CommandSigner signer;
    private final Serde<SpecificRecord> bytes;
    private final Map<String, ClusterDesk> desks = new HashMap<>();
    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, SpecificRecord> records;
    private KeyValueStore<String, SpecificRecord> pending;
    private KeyValueStore<String, Instant> instants;
    private KeyValueStore<String, ServerHealth> servers;
    private SavedWatermarks watermarks;
    private AppliedFacts applied;
    private Sensor repeated;

    /**
     * @param signer signs what may be carried out; null: there is no key
     * @param bytes serde of the events, for those that must become dead letters
     */
    IncidentProcessor(
            IncidentTopology.Settings settings, Policy policy, CommandSigner signer, Serde<SpecificRecord> bytes) {
        this.settings = settings;
        this.policy = policy;
        this.signer = signer;
        this.bytes = bytes;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> processorContext) {
        context = processorContext;
        records = context.getStateStore(IncidentTopology.RECORD_STORE);
        pending = context.getStateStore(IncidentTopology.PENDING_STORE);
        instants = context.getStateStore(IncidentTopology.INSTANT_STORE);
        servers = context.getStateStore(IncidentTopology.SERVER_STORE);
        watermarks = new SavedWatermarks(settings.lateAfter(), context.getStateStore(IncidentTopology.STREAM_STORE));
        applied = new AppliedFacts(context.getStateStore(IncidentTopology.APPLIED_STORE));
        String task = context.taskId().toString();
        repeated = Counters.of(context, "incident", task, "repeated-facts", "facts that had been applied already");
        each(records, (cluster, key, value) -> desk(cluster).restore(key, value));
        each(instants, (cluster, key, value) -> desk(cluster).restore(key, value));
        each(servers, (cluster, key, value) -> desk(cluster).restore(value));
        each(pending, (cluster, key, value) -> desk(cluster).restoreWaiting(value));
    }

    @Override
    public void process(Record<String, SpecificRecord> message) {
        String cluster = message.key();
        ClusterDesk desk = desk(cluster);
        SpecificRecord event = message.value();
        Instant publishedAt = Instant.ofEpochMilli(message.timestamp());
        if (event instanceof PodIdentityEvent conclusion) {
            if (conclusion.getBody() instanceof Progress progress) {
                desk.progressed(conclusion.getPartition(), progress);
            } else {
                desk.waits(Turn.of(conclusion), event);
            }
        } else if (event instanceof ServerEvent fact) {
            if (fact.getBody() instanceof Heartbeat heartbeat) {
                heartbeat(desk, fact.getHeader(), heartbeat, publishedAt);
            } else if (desk.tookTurnBefore(fact)) {
                repeated.record();
            } else {
                desk.waits(Turn.of(fact), event);
            }
        } else if (event instanceof RemediationResult result) {
            desk.answered(result);
        } else if (event instanceof RemediationControl wish) {
            desk.wished(wish);
        }
        declareLate(cluster, desk, publishedAt);
        desk.settle(watermarks.of(cluster), earnest() ? Instant.ofEpochMilli(context.currentSystemTimeMs()) : null);
    }

    private void heartbeat(ClusterDesk desk, EventHeader header, Heartbeat heartbeat, Instant publishedAt) {
        if (watermarks.heard(header, heartbeat, publishedAt).cameBack()) {
            PodIdentityEvent back =
                    Announcement.back(header.getCluster(), header.getSource(), header.getNode(), heartbeat.getUntil());
            desk.waits(Turn.of(back), back);
        }
    }

    /** Whoever speaks tells the time: a source of the server that has fallen silent must not hold up the cluster. */
    private void declareLate(String cluster, ClusterDesk desk, Instant publishedAt) {
        for (Watermarks.Late late : watermarks.overdue(cluster, publishedAt)) {
            PodIdentityEvent silent = Announcement.late(cluster, late, settings.lateAfter());
            desk.waits(Turn.of(silent), silent);
        }
    }

    private boolean earnest() {
        return policy.run() == RemediationRun.LIVE;
    }

    private ClusterDesk desk(String cluster) {
        return desks.computeIfAbsent(
                cluster,
                name -> new ClusterDesk(
                        name,
                        settings,
                        policy,
                        new KeyValueClusterStore(name, records, instants, servers),
                        pending,
                        applied,
                        bytes,
                        this::tell));
    }

    /** Every kind of output has a sink of its own. */
    private void tell(SpecificRecord output) {
        long now = context.currentStreamTimeMs();
        if (output instanceof Finding finding) {
            context.forward(new Record<>(finding.getId(), output, now), IncidentTopology.sink(Topics.FINDINGS));
        } else if (output instanceof Incident incident) {
            context.forward(new Record<>(incident.getId(), output, now), IncidentTopology.sink(Topics.INCIDENTS));
        } else if (output instanceof RemediationCommand command) {
            String key = Topics.nodeKey(command.getCluster(), command.getNode());
            context.forward(
                    new Record<>(key, signed(command), now), IncidentTopology.sink(Topics.REMEDIATION_COMMANDS));
        } else if (output instanceof Remediation remediation) {
            context.forward(
                    new Record<>(remediation.getCommandId(), output, now), IncidentTopology.sink(Topics.REMEDIATIONS));
        } else if (output instanceof RemediationRefusal refusal) {
            context.forward(
                    new Record<>(refusal.getId(), output, now), IncidentTopology.sink(Topics.REMEDIATION_REFUSALS));
        }
    }

    /** What changes nothing needs no signature, and what is not in earnest gets none. */
    private RemediationCommand signed(RemediationCommand command) {
        return signer != null && earnest() && Ladder.mutates(command.getAction()) ? signer.sign(command) : command;
    }

    private interface Saved<V> {
        void restore(String cluster, String key, V value);
    }

    private static <V> void each(KeyValueStore<String, V> store, Saved<V> saved) {
        try (KeyValueIterator<String, V> entries = store.all()) {
            entries.forEachRemaining(entry -> {
                int end = entry.key.indexOf('\n');
                saved.restore(entry.key.substring(0, end), entry.key.substring(end + 1), entry.value);
            });
        }
    }
}
