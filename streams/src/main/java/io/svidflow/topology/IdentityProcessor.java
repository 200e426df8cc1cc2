package io.svidflow.topology;

import io.svidflow.event.CoverageTransition;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.NodeObserved;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.Progress;
import io.svidflow.identity.Coverage;
import io.svidflow.identity.IdentityTracker;
import io.svidflow.identity.PodRecord;
import io.svidflow.topic.Topics;
import io.svidflow.watermark.StreamProgress;
import io.svidflow.watermark.Watermarks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.metrics.Sensor;
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
    private final Agenda<SpecificRecord> agenda = new Agenda<>();
    private final Map<String, Instant> concluded = new HashMap<>();
    private final Map<String, Instant> told = new HashMap<>();
    private final Map<String, Coverage> coverages = new HashMap<>();
    private ProcessorContext<String, PodIdentityEvent> context;
    private KeyValueStore<String, SpecificRecord> pending;
    private SavedWatermarks watermarks;
    private IdentityTracker tracker;
    private Instant latestPublication = Instant.MIN;
    private Sensor lateFacts;
    private Sensor unrouted;

    IdentityProcessor(IdentityTopology.Settings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<String, PodIdentityEvent> processorContext) {
        context = processorContext;
        pending = context.getStateStore(IdentityTopology.PENDING_STORE);
        watermarks = new SavedWatermarks(settings.lateAfter(), context.getStateStore(IdentityTopology.STREAM_STORE));
        KeyValueStore<String, PodRecord> pods = context.getStateStore(IdentityTopology.POD_STORE);
        tracker = new IdentityTracker(
                settings.graces(),
                context.taskId().partition(),
                new KeyValueIdentityStore(
                        context.getStateStore(IdentityTopology.NODE_STORE),
                        pods,
                        context.getStateStore(IdentityTopology.ENTRY_STORE),
                        context.getStateStore(IdentityTopology.COMPONENT_STORE),
                        agenda));
        restoreAgenda(pods);
        String task = context.taskId().toString();
        lateFacts = Counters.of(context, "identity", task, "late-facts", "facts that arrived behind the watermark");
        unrouted = Counters.of(context, "identity", task, "unrouted-facts", "facts that belong to no known node");
    }

    private void restoreAgenda(KeyValueStore<String, PodRecord> pods) {
        try (KeyValueIterator<String, SpecificRecord> waiting = pending.all()) {
            waiting.forEachRemaining(entry -> agenda.add(PendingKey.parse(entry.key), entry.value));
        }
        try (KeyValueIterator<String, PodRecord> all = pods.all()) {
            all.forEachRemaining(entry -> {
                String[] key = entry.key.split("\n", 2);
                agenda.move(key[0], key[1], null, entry.value.standing().nextCheck());
            });
        }
    }

    @Override
    public void process(Record<String, SpecificRecord> message) {
        Facts fact = Facts.of(message.value());
        String cluster = fact.header().getCluster();
        Instant publishedAt = Instant.ofEpochMilli(message.timestamp());
        if (fact.body() instanceof Heartbeat heartbeat) {
            heartbeat(fact.header(), heartbeat, publishedAt);
        } else {
            queue(message.key(), fact.header(), message.value());
        }
        declareLate(cluster, publishedAt);
        advance(cluster);
    }

    private void heartbeat(EventHeader header, Heartbeat heartbeat, Instant publishedAt) {
        Watermarks.Heard heard = watermarks.heard(header, heartbeat, publishedAt);
        if (heard.changed().size() > 1 || heard.cameBack() || coverages.isEmpty()) {
            coverages.clear();
        }
        if (heard.cameBack()) {
            tell(coverage(
                    header.getCluster(), header.getSource(), header.getNode(), false, heartbeat.getCoveredSince()));
        }
    }

    private void queue(String key, EventHeader header, SpecificRecord event) {
        if (key.indexOf('/') < 0) {
            unrouted.record();
            return;
        }
        Instant done = concluded.get(key);
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
            Instant until = late.progress().until();
            Instant since = until == null ? late.progress().publishedAt() : until;
            String source = late.stream().substring(0, late.stream().indexOf('@'));
            String node = late.scope().equals(Watermarks.EVERY_NODE) ? null : late.scope();
            tell(coverage(cluster, source, node, true, since.plus(settings.lateAfter())));
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
            tell(event(cluster, progress, new Progress(progress, settings.partitions()), "progress"));
        }
    }

    private void conclude(String nodeKey, Instant until) {
        if (until == null) {
            return;
        }
        Agenda.Due<SpecificRecord> due = agenda.poll(nodeKey, until);
        while (due != null) {
            if (due.event() == null) {
                tracker.due(nodeKey, due.podUid(), coverage(nodeKey), due.at()).forEach(this::tell);
            } else {
                pending.delete(due.key().toString());
                apply(nodeKey, due.event(), due.at(), false);
            }
            due = agenda.poll(nodeKey, until);
        }
        concluded.merge(nodeKey, until, (a, b) -> a.isAfter(b) ? a : b);
    }

    private void apply(String nodeKey, SpecificRecord event, Instant now, boolean late) {
        tracker.observe(nodeKey, event, coverage(nodeKey), now, late).forEach(this::tell);
        if (event instanceof NodeEvent node && node.getBody() instanceof NodeObserved seen && seen.getDeleted()) {
            watermarks.forget(node.getHeader().getCluster(), seen.getName());
            concluded.remove(nodeKey);
            coverages.remove(nodeKey);
        }
    }

    private Coverage coverage(String nodeKey) {
        return coverages.computeIfAbsent(nodeKey, key -> {
            int slash = key.indexOf('/');
            Watermarks marks = watermarks.of(key.substring(0, slash));
            return Coverages.of(marks.streams(Watermarks.EVERY_NODE), marks.streams(key.substring(slash + 1)));
        });
    }

    private static PodIdentityEvent coverage(String cluster, String source, String node, boolean late, Instant since) {
        return event(cluster, since, new CoverageTransition(source, node, late, since), source + late);
    }

    private static PodIdentityEvent event(String cluster, Instant at, SpecificRecord body, String subject) {
        return PodIdentityEvent.newBuilder()
                .setId(UUID.nameUUIDFromBytes((cluster + '\n' + subject + '\n' + at).getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setAt(at)
                .setCluster(cluster)
                .setPartition(0)
                .setSequence(0)
                .setBody(body)
                .build();
    }

    private void tell(PodIdentityEvent event) {
        event.put("partition", context.taskId().partition());
        context.forward(new Record<>(event.getCluster(), event, latestPublication.toEpochMilli()));
    }

    /** Names of the topics whose streams say what can be seen. */
    private static final class Coverages {

        private static final String PODS = "@" + Topics.POD_EVENTS.name();
        private static final String ENTRIES = "@" + Topics.ENTRY_EVENTS.name();
        private static final String FETCHES = "@" + Topics.SVID_FETCH_EVENTS.name();

        static Coverage of(Map<String, StreamProgress> everyNode, Map<String, StreamProgress> own) {
            Instant since = everyNode.entrySet().stream()
                    .filter(stream -> stream.getKey().endsWith(PODS))
                    .map(stream -> stream.getValue().coveredSince())
                    .filter(start -> start != null)
                    .findFirst()
                    .orElse(null);
            boolean late = List.of(everyNode, own).stream()
                    .flatMap(streams -> streams.values().stream())
                    .anyMatch(StreamProgress::late);
            return new Coverage(since, ends(everyNode, ENTRIES), ends(everyNode, FETCHES) || ends(own, FETCHES), late);
        }

        private static boolean ends(Map<String, StreamProgress> streams, String suffix) {
            return streams.keySet().stream().anyMatch(stream -> stream.endsWith(suffix));
        }
    }
}
