package io.svidflow.resync.journal;

import io.svidflow.event.DeadLetter;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationIntent;
import io.svidflow.resync.actor.Actor;
import io.svidflow.resync.actor.ActorSettings;
import io.svidflow.resync.actor.Delivery;
import io.svidflow.resync.actor.Intents;
import io.svidflow.resync.actor.Journal;
import io.svidflow.resync.actor.Pauses;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.TopicTail;
import io.svidflow.topic.Topics;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * An actor from when it joins its group until something with Kafka goes wrong. What it did not end in one life it does not
 * go on with in the next.
 */
final class Life implements AutoCloseable {

    /** Makes an actor that writes here. */
    interface Birth {
        Actor of(Intents intents, Pauses pauses, Journal journal);
    }

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int SESSION_MILLIS = 15_000;
    private static final int LONGEST_RAW = 4096;

    private final Deque<Closeable> open = new ArrayDeque<>();
    private final String cluster;
    private final Clock clock;
    private final Intents intents;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<RemediationCommand> commands;
    private final TopicTail<RemediationIntent> intended;
    private final TopicTail<RemediationControl> wished;
    private final KafkaJournal journal;
    private final Actor actor;
    private final Map<Integer, Long> listeningFrom = new HashMap<>();
    private final Set<TopicPartition> taken = new HashSet<>();

    Life(Map<String, Object> settings, ActorSettings who, EventSerdes serdes, Clock clock, Birth birth) {
        this.cluster = who.cluster();
        this.clock = clock;
        this.intents = new Intents(cluster);
        Pauses pauses = new Pauses(cluster);
        this.commands = serdes.forTopic(Topics.REMEDIATION_COMMANDS).deserializer();
        try {
            this.consumer = opened(new KafkaConsumer<>(
                    groupSettings(settings, who), new StringDeserializer(), new ByteArrayDeserializer()));
            this.intended = opened(tail(settings, serdes, Topics.REMEDIATION_INTENTS, intents::learn));
            this.wished = opened(tail(settings, serdes, Topics.REMEDIATION_CONTROL, pauses::learn));
            this.journal = opened(
                    new KafkaJournal(settings, groupOf(who) + "-" + who.name(), serdes, consumer::groupMetadata));
            this.actor = birth.of(intents, pauses, journal);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private <V extends SpecificRecord> TopicTail<V> tail(
            Map<String, Object> settings, EventSerdes serdes, Topic<V> topic, Consumer<V> each) {
        return new TopicTail<>(settings, topic, serdes.forTopic(topic).deserializer(), each, clock);
    }

    /** Actors of several clusters may share brokers, and names. */
    private static String groupOf(ActorSettings who) {
        return "svidflow-resync-agent-" + who.cluster();
    }

    private static Map<String, Object> groupSettings(Map<String, Object> settings, ActorSettings who) {
        Map<String, Object> own = new HashMap<>(settings);
        own.put("group.id", groupOf(who));
        // a process that comes back under its name takes over at once
        own.put("group.instance.id", who.name());
        own.put("session.timeout.ms", SESSION_MILLIS);
        own.put("heartbeat.interval.ms", SESSION_MILLIS / 5);
        own.put("isolation.level", "read_committed");
        own.put("enable.auto.commit", false);
        own.put("auto.offset.reset", "latest");
        own.put("max.poll.records", 20);
        return own;
    }

    /**
     * Listens until it is to stop or Kafka fails.
     *
     * @param stopped whether it is to stop; asked between two commands
     * @param pulse beats each time it has looked for commands
     */
    void listen(BooleanSupplier stopped, Pulse pulse) throws InterruptedException {
        consumer.subscribe(List.of(Topics.REMEDIATION_COMMANDS.name()), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                taken.removeAll(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                taken.addAll(partitions);
            }
        });
        while (!stopped.getAsBoolean()) {
            Iterable<ConsumerRecord<String, byte[]>> read = consumer.poll(POLL);
            if (!taken.isEmpty()) {
                settle();
            }
            pulse.beats(clock.instant());
            for (ConsumerRecord<String, byte[]> message : read) {
                if (stopped.getAsBoolean()) {
                    return; // whoever comes next finds the rest as a backlog
                }
                deal(message);
            }
        }
    }

    /** Positions are known only when no transaction of a predecessor is open any more; then its intents can be read. */
    private void settle() throws InterruptedException {
        taken.forEach(consumer::position);
        consumer.endOffsets(taken).forEach((partition, end) -> listeningFrom.put(partition.partition(), end));
        intended.catchUp();
        List<Integer> mine = taken.stream().map(TopicPartition::partition).toList();
        taken.clear();
        for (RemediationIntent intent : intents.open(mine)) {
            actor.orphaned(intent);
        }
    }

    private void deal(ConsumerRecord<String, byte[]> message) throws InterruptedException {
        RemediationCommand command;
        try {
            command = commands.deserialize(message.topic(), message.value());
        } catch (SerializationException e) {
            putAside(message, e);
            return;
        }
        if (command == null) {
            putAside(message, new SerializationException("the record has no value"));
            return;
        }
        intended.catchUp();
        wished.catchUp();
        boolean backlog = message.offset() < listeningFrom.getOrDefault(message.partition(), Long.MAX_VALUE);
        actor.handle(new Delivery(command, message.partition(), message.offset(), backlog));
    }

    private void putAside(ConsumerRecord<String, byte[]> message, SerializationException why) {
        String place = message.topic() + "-" + message.partition() + " at " + message.offset();
        byte[] bytes = message.value() == null ? new byte[0] : message.value();
        String raw = new String(bytes, StandardCharsets.ISO_8859_1);
        DeadLetter letter = DeadLetter.newBuilder()
                .setId(UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setObservedTime(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setSource("resync-agent")
                .setCluster(cluster)
                .setOrigin(Origin.newBuilder()
                        .setKind(OriginKind.DERIVED)
                        .setLocation(place)
                        .build())
                .setReason("no remediation command: " + why.getMessage() + "; see who may write to " + message.topic())
                .setRaw(raw.substring(0, Math.min(LONGEST_RAW, raw.length())))
                .build();
        journal.undecipherable(
                message.partition(),
                message.offset(),
                List.of(journal.record(Topics.DEAD_LETTERS, "resync-agent", letter)));
    }

    private <C extends Closeable> C opened(C client) {
        open.push(client);
        return client;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            Utils.closeQuietly(open.pop(), "a client of the actor");
        }
    }
}
