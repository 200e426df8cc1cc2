package io.svidflow.serde;

import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The generated class that records are read into: the one that the settings name, else the one with the full name of
 * the writer's schema.
 */
record ReaderClass(Optional<Class<?>> named) {

    Schema schema(Schema written) {
        Class<?> type = named.orElseGet(() -> SpecificData.get().getClass(written));
        if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
            throw new SerializationException("there is no generated class " + written.getFullName()
                    + ": put it on the classpath, or name another with " + SerdeSettings.VALUE_TYPE);
        }
        return SpecificData.get().getSchema(type);
    }
}
