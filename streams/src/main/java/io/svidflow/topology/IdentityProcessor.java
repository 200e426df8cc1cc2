package io.svidflow.topology;

import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.Listed;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.identity.Coverage;
import io.svidflow.identity.IdentityTracker;
import io.svidflow.identity.NodeRecord;
import io.svidflow.identity.PodRecord;
import io.svidflow.topic.Topics;
import io.svidflow.watermark.Watermarks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Shell of stage 1: lets facts wait for the watermark of their node, hands them to the {@link IdentityTracker} in the order
 * in which they were observed, and tells stage 2 what changed and how far it has come.
 */
final class IdentityProcessor implements Processor<String, SpecificRecord, String, PodIdentityEvent> {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final IdentityTopology.Settings settings;
    private final Serde<SpecificRecord> bytes;
    private final Agenda<SpecificRecord> agenda = new Agenda<>();
    private final Map<String, Instant> concluded = new HashMap<>();
    private final Map<String, Instant> told = new HashMap<>();
    private final Map<String, Coverage> coverages = new HashMap<>();
    private final SilenceWatch silence = new SilenceWatch();
    private ProcessorContext<String, PodIdentityEvent> context;
    private KeyValueStore<String, SpecificRecord> pending;
    private KeyValueIdentityStore records;
    private SavedWatermarks watermarks;
    private AppliedFacts applied;
    private IdentityTracker tracker;
    private Instant latestPublication = Instant.MIN;
    private Sensor lateFacts;
    private Sensor unrouted;
    private Sensor repeated;

    /** @param bytes serde of the facts, for those that must become dead letters */
    IdentityProcessor(IdentityTopology.Settings settings, Serde<SpecificRecord> bytes) {
        this.settings = settings;
        this.bytes = bytes;
    }

    @Override
    public void init(ProcessorContext<String, PodIdentityEvent> processorContext) {
        context = processorContext;
        pending = context.getStateStore(IdentityTopology.PENDING_STORE);
        watermarks = new SavedWatermarks(settings.lateAfter(), context.getStateStore(IdentityTopology.STREAM_STORE));
        applied = new AppliedFacts(context.getStateStore(IdentityTopology.APPLIED_STORE));
        KeyValueStore<String, PodRecord> pods = context.getStateStore(IdentityTopology.POD_STORE);
        records = new KeyValueIdentityStore(
                context.getStateStore(IdentityTopology.NODE_STORE),
                pods,
                context.getStateStore(IdentityTopology.ENTRY_STORE),
                context.getStateStore(IdentityTopology.COMPONENT_STORE),
                agenda);
        tracker = new IdentityTracker(settings.graces(), context.taskId().partition(), records);
        restoreAgenda(pods, context.getStateStore(IdentityTopology.NODE_STORE));
        context.schedule(
                SilenceWatch.EVERY, PunctuationType.WALL_CLOCK_TIME, now -> silence.look(now, watermarks.stopped()));
        String task = context.taskId().toString();
        lateFacts = Counters.of(context, "identity", task, "late-facts", "facts that arrived behind the watermark");
        repeated = Counters.of(context, "identity", task, "repeated-facts", "facts that had been applied already");
        unrouted = Counters.of(context, "identity", task, "unrouted-facts", "facts that belong to no known node");
    }

    private void restoreAgenda(KeyValueStore<String, PodRecord> pods, KeyValueStore<String, NodeRecord> nodes) {
        try (KeyValueIterator<String, SpecificRecord> waiting = pending.all()) {
            waiting.forEachRemaining(entry -> agenda.add(PendingKey.parse(entry.key), entry.value));
        }
        try (KeyValueIterator<String, PodRecord> all = pods.all()) {
            all.forEachRemaining(entry -> {
                String[] key = entry.key.split("\n", 2);
                agenda.move(key[0], key[1], null, entry.value.standing().nextCheck());
            });
        }
        try (KeyValueIterator<String, NodeRecord> all = nodes.all()) {
            all.forEachRemaining(entry -> agenda.move(
                    entry.key,
                    IdentityTracker.NODE_CHECK,
                    null,
                    entry.value.contact().nextCheck()));
        }
    }

    @Override
    public void process(Record<String, SpecificRecord> message) {
        silence.broken(context.currentSystemTimeMs());
        Facts fact = Facts.of(message.value());
        String cluster = fact.header().getCluster();
        Instant publishedAt = Instant.ofEpochMilli(message.timestamp());
        if (fact.body() instanceof Heartbeat heartbeat) {
            heartbeat(fact.header(), heartbeat, publishedAt);
        } else if (fact.body() instanceof Listed) {
            records.nodes(cluster).forEach(node -> queue(node, fact.header(), message.value()));
        } else {
            queue(message.key(), fact.header(), message.value());
        }
        declareLate(cluster, publishedAt);
        advance(cluster);
    }

    private void heartbeat(EventHeader header, Heartbeat heartbeat, Instant publishedAt) {
        Watermarks.Heard heard = watermarks.heard(header, heartbeat, publishedAt);
        boolean others = heard.changed().size() > 1 || heard.cameBack() || heartbeat.getFarewell() != null;
        if (others || coverages.isEmpty()) {
            coverages.clear();
        }
        if (heard.cameBack()) {
            tell(Announcement.back(header.getCluster(), header.getSource(), header.getNode(), heartbeat.getUntil()));
        }
    }

    private void queue(String key, EventHeader header, SpecificRecord event) {
        if (key.indexOf('/') < 0) {
            unrouted.record();
            return;
        }
        Instant done = concluded.get(key);
        boolean behind = done == null || !header.getObservedTime().isAfter(done);
        if (behind && applied.contains(key, header)) {
            repeated.record();
            return;
        }
        if (done != null && !header.getObservedTime().isAfter(done)) {
            lateFacts.record();
            apply(key, event, done, true);
            return;
        }
        PendingKey place = PendingKey.of(key, header);
        pending.put(place.toString(), event);
        agenda.add(place, event);
    }

    /** Lateness is a matter of publication: a source that publishes nothing for a while, not one that is read late. */
    private void declareLate(String cluster, Instant publishedAt) {
        if (publishedAt.isBefore(latestPublication.plus(SECOND))) {
            return;
        }
        latestPublication = publishedAt;
        for (Watermarks.Late late : watermarks.overdue(cluster, publishedAt)) {
            coverages.clear();
            tell(Announcement.late(cluster, late, settings.lateAfter()));
        }
    }

    private void advance(String cluster) {
        Watermarks marks = watermarks.of(cluster);
        Instant everyNode = marks.everyNode();
        if (everyNode == null) {
            return;
        }
        for (String nodeKey : agenda.nodesDue(everyNode)) {
            if (nodeKey.startsWith(cluster + "/")) {
                conclude(nodeKey, marks.of(nodeKey.substring(cluster.length() + 1)));
            }
        }
        Instant progress = marks.progress();
        Instant before = told.get(cluster);
        boolean news = progress != null
                && (before == null
                        || !progress.isBefore(before.plus(SECOND))
                        || (progress.equals(everyNode) && progress.isAfter(before)));
        if (news) {
            told.put(cluster, progress);
            tell(Announcement.progress(cluster, progress, settings.partitions()));
            applied.sweep(cluster, progress);
        }
    }

    private void conclude(String nodeKey, Instant until) {
        if (until == null) {
            return;
        }
        boolean gone = false;
        Agenda.Due<SpecificRecord> due = agenda.poll(nodeKey, until);
        while (due != null) {
            if (due.event() == null) {
                tracker.due(nodeKey, due.podUid(), coverage(nodeKey), due.at()).forEach(this::tell);
            } else {
                pending.delete(due.key().toString());
                gone |= apply(nodeKey, due.event(), due.at(), false);
            }
            due = agenda.poll(nodeKey, until);
        }
        if (gone) {
            concluded.remove(nodeKey);
        } else {
            concluded.merge(nodeKey, until, (a, b) -> a.isAfter(b) ? a : b);
        }
    }

    /** Whether that was the end of the node. */
    private boolean apply(String nodeKey, SpecificRecord event, Instant now, boolean late) {
        applied.add(nodeKey, Facts.of(event).header());
        try {
            tracker.observe(nodeKey, event, coverage(nodeKey), now, late).forEach(this::tell);
        } catch (KafkaException e) {
            throw e; // not the fact's fault
        } catch (RuntimeException e) {
            throw EventBytes.refused(bytes, Topics.NODE_FACTS, nodeKey, event, e);
        }
        if (event instanceof NodeEvent node && records.node(nodeKey) == null) {
            String cluster = node.getHeader().getCluster();
            forget(cluster, nodeKey.substring(cluster.length() + 1), now);
            return true;
        }
        return false;
    }

    /** A node is gone, and its own sources with it: nobody misses them any more. */
    private void forget(String cluster, String node, Instant now) {
        watermarks.of(cluster).streams(node).forEach((stream, progress) -> {
            if (progress.late()) {
                tell(Announcement.back(cluster, SavedWatermarks.source(stream), node, now));
            }
        });
        watermarks.forget(cluster, node);
        coverages.remove(Topics.nodeKey(cluster, node));
    }

    private Coverage coverage(String nodeKey) {
        return coverages.computeIfAbsent(nodeKey, key -> {
            int slash = key.indexOf('/');
            Watermarks marks = watermarks.of(key.substring(0, slash));
            return Coverages.of(marks.streams(Watermarks.EVERY_NODE), marks.streams(key.substring(slash + 1)));
        });
    }

    private void tell(PodIdentityEvent event) {
        event.put("partition", context.taskId().partition());
        context.forward(new Record<>(event.getCluster(), event, context.currentStreamTimeMs()));
    }
}
