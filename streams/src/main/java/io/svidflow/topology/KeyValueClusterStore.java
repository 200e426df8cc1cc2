package io.svidflow.topology;

import io.svidflow.diagnosis.ServerHealth;
import io.svidflow.incident.ClusterStore;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/** A cluster's records in Kafka Streams' stores. Composite keys are {@code cluster, line feed, key}. */
record KeyValueClusterStore(
        String cluster,
        KeyValueStore<String, SpecificRecord> records,
        KeyValueStore<String, Instant> instants,
        KeyValueStore<String, ServerHealth> servers)
        implements ClusterStore {

    @Override
    public void save(String key, SpecificRecord value) {
        String composite = cluster + '\n' + key;
        if (value == null) {
            records.delete(composite);
        } else {
            records.put(composite, value);
        }
    }

    @Override
    public void save(ServerHealth health) {
        servers.put(cluster + "\nserver", health);
    }

    @Override
    public void save(String key, Instant at) {
        if (at == null) {
            instants.delete(cluster + '\n' + key);
        } else {
            instants.put(cluster + '\n' + key, at);
        }
    }
}
