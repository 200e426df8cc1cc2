package io.svidflow.producer.shipped;

import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.coverage.SourceKind.Members;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.shipped.Envelope.Alive;
import io.svidflow.producer.shipped.Envelope.Broken;
import io.svidflow.producer.shipped.Envelope.Line;
import io.svidflow.producer.spire.LogMappers;
import io.svidflow.producer.spire.NodeDirectory;
import io.svidflow.producer.tail.LogDelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all partitions of the shipper's topic. For one thread. */
final class LogTopicReader {

    private static final Logger LOGGER = LoggerFactory.getLogger(LogTopicReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration NEW_PARTITIONS = Duration.ofSeconds(30);
    private static final String READER = "log-topic";

    private final LogTopicConfig config;
    private final Consumer<byte[], byte[]> consumer;
    private final Outlets outlets;
    private final LogMappers mappers;
    private final Clock clock;
    private final EnvelopeReader envelopes = new EnvelopeReader();
    private final Progress progress = new Progress();
    private final Abandoned abandoned;
    private final Map<Source, ShippedLog> logs = new TreeMap<>();
    private final Set<Integer> torn = new HashSet<>();
    private final Set<String> foreign = new HashSet<>();
    private Instant promised = Instant.MIN;
    private Instant assigned = Instant.MIN;

    /** @param directory knows which nodes are gone, where Kubernetes is observed by the same process */
    LogTopicReader(
            LogTopicConfig config,
            Consumer<byte[], byte[]> consumer,
            Outlets outlets,
            LogMappers mappers,
            NodeDirectory directory,
            Clock clock)
            throws InterruptedException {
        this.config = config;
        this.consumer = consumer;
        this.outlets = outlets;
        this.mappers = mappers;
        this.abandoned = new Abandoned(directory, config.lateness(), config.forgetAfter());
        this.clock = clock;
        for (Source source : outlets.known()) {
            boolean read = outlets.stored(source).filter(ShippedLog::isOfATopic).isPresent();
            if (read && config.containers().containsValue(source.kind())) {
                log(source);
            }
        }
    }

    /** Reads what there is, and promises what the shippers' progress allows. */
    void look() throws InterruptedException {
        if (!assigned.plus(NEW_PARTITIONS).isAfter(clock.instant())) {
            assign();
        }
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                take(record);
            }
        } catch (OffsetOutOfRangeException e) {
            Collection<TopicPartition> lost = e.partitions();
            consumer.seekToBeginning(lost);
            lost.forEach(partition -> torn.add(partition.partition()));
        }
        for (ShippedLog log : logs.values()) {
            log.flush();
        }
        if (!promised.plus(PACE).isAfter(clock.instant())) {
            promised = clock.instant();
            promise();
        }
    }

    /** The topic could not be read; every log in it says so. */
    void failed(String error) throws InterruptedException {
        abandoned.blind();
        for (ShippedLog log : logs.values()) {
            log.failed(error, config.topic());
        }
    }

    private void assign() {
        Set<TopicPartition> all = new HashSet<>(consumer.assignment());
        List<TopicPartition> fresh = new ArrayList<>();
        List<PartitionInfo> partitions = consumer.partitionsFor(config.topic());
        if (partitions == null || partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("it does not exist");
        }
        for (PartitionInfo info : partitions) {
            TopicPartition partition = new TopicPartition(info.topic(), info.partition());
            if (all.add(partition)) {
                fresh.add(partition);
            }
        }
        assigned = clock.instant();
        if (fresh.isEmpty()) {
            return;
        }
        consumer.assign(all);
        Map<TopicPartition, Long> since = new HashMap<>();
        fresh.forEach(partition ->
                since.put(partition, clock.instant().minus(config.lookBack()).toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> recent = consumer.offsetsForTimes(since);
        Map<TopicPartition, Long> ends = consumer.endOffsets(fresh);
        for (TopicPartition partition : fresh) {
            OptionalLong resumed = logs.values().stream()
                    .mapToLong(log -> log.from(partition.partition()))
                    .min();
            OffsetAndTimestamp first = recent.get(partition);
            long offset = resumed.orElse(first == null ? ends.get(partition) : first.offset());
            consumer.seek(partition, offset);
            progress.begin(partition.partition(), offset);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        if (torn.remove(record.partition())) {
            String why = config.topic() + " was shortened before it was read; give the topic a longer retention";
            for (ShippedLog log : logs.values()) {
                log.missed(Instant.ofEpochMilli(record.timestamp()), why);
            }
        }
        Envelope envelope = envelopes.read(record.value());
        if (envelope instanceof Line line) {
            line(line, record);
        } else if (envelope instanceof Alive alive) {
            progress.alive(alive.node(), alive.at());
        } else if (envelope instanceof Broken broken) {
            broken(record, broken.reason());
        }
        progress.read(record);
    }

    private void line(Line line, ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        SourceKind kind = config.containers().get(line.container());
        boolean elsewhere =
                !config.namespaces().isEmpty() && !config.namespaces().contains(line.namespace());
        if (kind == null || elsewhere) {
            if (foreign.size() < 100 && foreign.add(line.namespace() + "/" + line.container())) {
                LOGGER.atInfo()
                        .addKeyValue("container", line.container())
                        .addKeyValue("namespace", line.namespace())
                        .log("Lines of this container are not read");
            }
            return;
        }
        String member = kind.members() == Members.NODES ? line.node() : line.pod();
        if (member.isBlank()) {
            broken(record, "the line of an agent without the name of its node; add it to the shipper's metadata");
            return;
        }
        log(new Source(kind, member)).take(line, record);
    }

    private void broken(ConsumerRecord<byte[], byte[]> record, String reason) throws InterruptedException {
        outlets.deadLetter(READER, ShippedLog.origin(record), EnvelopeReader.excerpt(record.value()), reason);
    }

    private ShippedLog log(Source source) throws InterruptedException {
        ShippedLog known = logs.get(source);
        if (known == null) {
            known = new ShippedLog(new LogDelivery(source, outlets.of(source), mappers, clock, config.lookBack()));
            logs.put(source, known);
        }
        return known;
    }

    private void promise() throws InterruptedException {
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong lag = consumer.currentLag(partition);
            progress.position(
                    partition.partition(), consumer.position(partition), lag.isPresent() && lag.getAsLong() == 0);
        }
        for (ShippedLog log : logs.values()) {
            log.promise(progress, config.lateness());
        }
        release();
    }

    private void release() throws InterruptedException {
        Instant now = clock.instant();
        for (Map.Entry<Source, String> gone :
                abandoned.among(logs, progress, now).entrySet()) {
            ShippedLog log = logs.remove(gone.getKey());
            log.missed(now, gone.getValue());
            outlets.release(gone.getKey());
            if (logs.values().stream().noneMatch(other -> other.node().equals(log.node()))) {
                progress.forget(log.node());
            }
            LOGGER.atInfo()
                    .addKeyValue("source", gone.getKey().name())
                    .addKeyValue("reason", gone.getValue())
                    .log("A log is not waited for any more");
        }
    }
}
