package io.svidflow.serde;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A registry inside this JVM, for tests, the demonstration and replays: {@code schema.registry.url=mock://scope}.
 * Serdes with the same scope share it, as they do with Confluent's mock.
 */
final class MockSchemaRegistry implements SchemaRegistry {

    // Static of necessity: the serdes that share a scope are created by class name, with nothing but text in common.
    private static final Map<String, MockSchemaRegistry> SCOPES = new ConcurrentHashMap<>();

    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new ConcurrentHashMap<>();

    /** The registry of the scope, created at its first use. */
    static MockSchemaRegistry ofScope(String scope) {
        return SCOPES.computeIfAbsent(scope, name -> new MockSchemaRegistry());
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        int known = schemas.indexOf(schema);
        if (known < 0) {
            schemas.add(schema);
            known = schemas.size() - 1;
        }
        int id = known + 1;
        List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        int id = schemas.indexOf(schema) + 1;
        if (!subjects.getOrDefault(subject, List.of()).contains(id)) {
            throw new SerializationException("schema " + schema.getFullName() + " is not registered under " + subject
                    + ": register it, or set auto.register.schemas=true");
        }
        return id;
    }

    @Override
    public synchronized RegisteredSchema latest(String subject) {
        List<Integer> versions = subjects.get(subject);
        if (versions == null) {
            throw new SerializationException("subject " + subject
                    + " is not registered: register its schema, or set auto.register.schemas=true");
        }
        int id = versions.get(versions.size() - 1);
        return new RegisteredSchema(id, schemas.get(id - 1));
    }

    @Override
    public synchronized Schema schema(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new SerializationException("schema id " + id
                    + " is not registered: the record was written with another registry, or is not Avro");
        }
        return schemas.get(id - 1);
    }
}
