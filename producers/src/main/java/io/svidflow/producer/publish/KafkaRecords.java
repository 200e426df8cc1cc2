package io.svidflow.producer.publish;

import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The records that a publication becomes: one, or one for each partition. Their timestamp is the time of publication;
 * the event's own times are in its header. Safe for use by several threads.
 */
public final class KafkaRecords implements AutoCloseable {

    private final EventSerdes serdes;
    private final Clock clock;
    private final ToIntFunction<Topic<?>> partitions;
    private final Map<String, Serializer<SpecificRecord>> serializers = new ConcurrentHashMap<>();

    /**
     * @param clock tells the time of publication
     * @param partitions how many partitions a topic has
     */
    public KafkaRecords(EventSerdes serdes, Clock clock, ToIntFunction<Topic<?>> partitions) {
        this.serdes = serdes;
        this.clock = clock;
        this.partitions = partitions;
    }

    /**
     * @throws io.svidflow.serde.RegistryUnavailableException if the registry gave no usable answer: try again later
     * @throws org.apache.kafka.common.errors.SerializationException if the registry refused the schema, or the event
     *     cannot be written
     */
    public List<ProducerRecord<String, byte[]>> of(Publication publication) {
        String topic = publication.topic().name();
        byte[] value = serializers
                .computeIfAbsent(topic, name -> serializer(publication.topic()))
                .serialize(topic, publication.value());
        if (publication.route() == Route.BY_KEY) {
            return List.of(new ProducerRecord<>(topic, null, clock.millis(), publication.key(), value));
        }
        return IntStream.range(0, partitions.applyAsInt(publication.topic()))
                .mapToObj(partition -> new ProducerRecord<>(topic, partition, clock.millis(), publication.key(), value))
                .toList();
    }

    @Override
    public void close() {
        serializers.values().forEach(Serializer::close);
    }

    @SuppressWarnings("unchecked") // a publication has checked that the value is of the topic's type
    private Serializer<SpecificRecord> serializer(Topic<?> topic) {
        return (Serializer<SpecificRecord>)
                (Serializer<?>) serdes.forTopic(topic).serializer();
    }
}
