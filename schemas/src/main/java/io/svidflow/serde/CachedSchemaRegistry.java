package io.svidflow.serde;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Remembers every answer of a registry for ever, which is sound because a registry never gives an id to another schema.
 * The latest schema of a subject is remembered too: a process keeps to the version that it started with.
 */
final class CachedSchemaRegistry implements SchemaRegistry {

    private final SchemaRegistry registry;
    private final Map<Subjected, Integer> registered = new ConcurrentHashMap<>();
    private final Map<Subjected, Integer> found = new ConcurrentHashMap<>();
    private final Map<String, RegisteredSchema> latest = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    private record Subjected(String subject, Schema schema) {}

    CachedSchemaRegistry(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public int register(String subject, Schema schema) {
        return registered.computeIfAbsent(
                new Subjected(subject, schema), key -> registry.register(key.subject(), key.schema()));
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return found.computeIfAbsent(new Subjected(subject, schema), key -> registry.idOf(key.subject(), key.schema()));
    }

    @Override
    public RegisteredSchema latest(String subject) {
        return latest.computeIfAbsent(subject, registry::latest);
    }

    @Override
    public Schema schema(int id) {
        return schemas.computeIfAbsent(id, registry::schema);
    }
}
