package io.svidflow.serde;

import io.svidflow.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;

/**
 * The serdes of svidflow's topics, from the settings of the process. Keys are text; values are Avro, by the class that
 * {@value #VALUE_SERDE} names: ours by default, or Confluent's {@code SpecificAvroSerde} where that is on the
 * classpath. All other settings are those of Confluent's serializers ({@code schema.registry.url} and so on).
 */
public final class EventSerdes {

    /** Class name of the serde of the values. */
    public static final String VALUE_SERDE = "svidflow.value.serde";

    static {
        EventClasses.trust();
    }

    private final Map<String, Object> config;

    /**
     * @param config settings of the process; unknown keys are left to whoever knows them
     * @throws ConfigException if a setting is missing or wrong
     */
    public EventSerdes(Map<String, ?> config) {
        this.config = new HashMap<>(config);
        this.config.putIfAbsent(VALUE_SERDE, AvroSerde.class.getName());
        if (AvroSerde.class.getName().equals(this.config.get(VALUE_SERDE))) {
            // One client and one cache for all topics.
            this.config.put(SerdeSettings.SHARED_REGISTRY, new SerdeSettings(config).registry());
        }
    }

    /** Serde of the keys of every topic. */
    public Serde<String> keys() {
        return Serdes.String();
    }

    /**
     * A new serde of the topic's values, configured and ready.
     *
     * @throws ConfigException if the class that {@value #VALUE_SERDE} names is absent or not a serde
     */
    public <V extends SpecificRecord> Serde<V> forTopic(Topic<V> topic) {
        Map<String, Object> ofTopic = new HashMap<>(config);
        ofTopic.put(SerdeSettings.VALUE_TYPE, topic.valueType());
        Serde<V> serde = newSerde();
        serde.configure(ofTopic, false);
        return serde;
    }

    @SuppressWarnings("unchecked") // the class is known by name only; configure() tells it the type
    private <V> Serde<V> newSerde() {
        Object name = config.get(VALUE_SERDE);
        try {
            return (Serde<V>) Utils.newInstance(name.toString(), Serde.class);
        } catch (ClassNotFoundException | RuntimeException e) {
            throw new ConfigException(
                    VALUE_SERDE,
                    name,
                    "not a serde on the classpath; leave it out to use " + AvroSerde.class.getName()
                            + ", or build with -Pconfluent to use Confluent's");
        }
    }
}
