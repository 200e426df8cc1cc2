package io.svidflow.serde;

import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.kafka.common.errors.SerializationException;

/** Decides under which schema of which subject the records of a topic are written. */
final class SubjectSchemas {

    /** Whether a schema is registered by the writer, or by somebody before it. */
    enum Policy {
        /** {@code auto.register.schemas=true}: the writer registers its schema. */
        REGISTER,
        /** {@code auto.register.schemas=false}: the writer's schema must be registered. */
        LOOK_UP,
        /** {@code auto.register.schemas=false, use.latest.version=true}: the subject's newest schema is written. */
        USE_LATEST
    }

    private final SchemaRegistry registry;
    private final Policy policy;
    private final String suffix;

    SubjectSchemas(SchemaRegistry registry, Policy policy, boolean isKey) {
        this.registry = registry;
        this.policy = policy;
        this.suffix = isKey ? "-key" : "-value";
    }

    RegisteredSchema toWrite(String topic, Schema schema) {
        String subject = topic + suffix;
        return switch (policy) {
            case REGISTER -> new RegisteredSchema(registry.register(subject, schema), schema);
            case LOOK_UP -> new RegisteredSchema(registry.idOf(subject, schema), schema);
            case USE_LATEST -> latest(subject, schema);
        };
    }

    private RegisteredSchema latest(String subject, Schema schema) {
        RegisteredSchema latest = registry.latest(subject);
        var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), schema);
        if (compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new SerializationException("latest schema of " + subject + " (id " + latest.id()
                    + ") cannot hold a " + schema.getFullName() + " of this version: "
                    + compatibility.getResult().getIncompatibilities()
                    + "; register a compatible schema, or set use.latest.version=false");
        }
        return latest;
    }
}
