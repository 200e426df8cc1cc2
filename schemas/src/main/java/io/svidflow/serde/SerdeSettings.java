package io.svidflow.serde;

import io.svidflow.serde.SubjectSchemas.Policy;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings of the serdes, by the names and with the defaults of Confluent's serializers, so that one configuration
 * serves both.
 */
final class SerdeSettings {

    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String USE_LATEST = "use.latest.version";
    static final String SPECIFIC_READER = "specific.avro.reader";
    static final String KEY_TYPE = "specific.avro.key.type";
    static final String VALUE_TYPE = "specific.avro.value.type";
    static final String KEY_STRATEGY = "key.subject.name.strategy";
    static final String VALUE_STRATEGY = "value.subject.name.strategy";

    /** A {@link SchemaRegistry} object to be used instead of connecting again; never written by a person. */
    static final String SHARED_REGISTRY = "svidflow.schema.registry";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(AUTO_REGISTER, Type.BOOLEAN, true, Importance.MEDIUM, "Writers register their schema.")
            .define(USE_LATEST, Type.BOOLEAN, false, Importance.LOW, "Write the newest schema of the subject.")
            .define(SPECIFIC_READER, Type.BOOLEAN, true, Importance.LOW, "Must be true: we read generated classes.")
            .define(KEY_TYPE, Type.CLASS, null, Importance.LOW, "Class to read keys into.")
            .define(VALUE_TYPE, Type.CLASS, null, Importance.LOW, "Class to read values into.")
            .define(KEY_STRATEGY, Type.STRING, "TopicNameStrategy", Importance.LOW, "Must be TopicNameStrategy.")
            .define(VALUE_STRATEGY, Type.STRING, "TopicNameStrategy", Importance.LOW, "Must be TopicNameStrategy.");

    private final AbstractConfig values;
    private final Map<String, ?> originals;

    SerdeSettings(Map<String, ?> config) {
        originals = new HashMap<>(config); // may hold nulls
        values = new AbstractConfig(DEFINITION, config, false);
        if (!values.getBoolean(SPECIFIC_READER)) {
            throw new ConfigException(SPECIFIC_READER, false, "only generated classes are read; leave it out");
        }
        for (String strategy : List.of(KEY_STRATEGY, VALUE_STRATEGY)) {
            if (!values.getString(strategy).endsWith("TopicNameStrategy")) {
                throw new ConfigException(
                        strategy, values.getString(strategy), "only TopicNameStrategy is supported; leave it out");
            }
        }
    }

    /** The registry that the settings name, behind a cache. */
    SchemaRegistry registry() {
        Object shared = originals.get(SHARED_REGISTRY);
        if (shared instanceof SchemaRegistry registry) {
            return registry;
        }
        return new CachedSchemaRegistry(connect());
    }

    Policy policy() {
        if (values.getBoolean(AUTO_REGISTER)) {
            return Policy.REGISTER;
        }
        return values.getBoolean(USE_LATEST) ? Policy.USE_LATEST : Policy.LOOK_UP;
    }

    ReaderClass readerClass(boolean isKey) {
        return new ReaderClass(Optional.ofNullable(values.getClass(isKey ? KEY_TYPE : VALUE_TYPE)));
    }

    private SchemaRegistry connect() {
        URI first = new RegistrySettings(originals).urls().get(0);
        return RegistrySettings.isMock(first)
                ? MockSchemaRegistry.ofScope(first.getSchemeSpecificPart())
                : new HttpSchemaRegistry(new RegistryHttp(originals));
    }
}
