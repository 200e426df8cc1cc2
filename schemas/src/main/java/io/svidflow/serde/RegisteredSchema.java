package io.svidflow.serde;

import java.util.Objects;
import org.apache.avro.Schema;

/** A schema and the id that the registry gave it. */
record RegisteredSchema(int id, Schema schema) {

    RegisteredSchema {
        Objects.requireNonNull(schema, "schema");
    }
}
