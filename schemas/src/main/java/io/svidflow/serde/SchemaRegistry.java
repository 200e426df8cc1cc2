package io.svidflow.serde;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What the serdes ask of a schema registry. Every method throws {@link RegistryUnavailableException} if the registry
 * gave no usable answer, which says nothing about the record at hand, and {@link SerializationException} if it refused.
 */
interface SchemaRegistry {

    /** Id of the schema under the subject, registered if it was not yet. */
    int register(String subject, Schema schema);

    /** Id of a schema that somebody registered under the subject before. */
    int idOf(String subject, Schema schema);

    /** The newest schema of the subject. */
    RegisteredSchema latest(String subject);

    /** The schema with the id, whatever its subject. */
    Schema schema(int id);
}
