package io.svidflow.incident;

import io.svidflow.diagnosis.ServerHealth;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** Where stage 2 keeps what it knows of one cluster. Null removes. */
public interface ClusterStore {

    /** A node, component, pod, finding, incident, command or remediation, by key. */
    void save(String key, SpecificRecord value);

    /** The server's health. */
    void save(ServerHealth health);

    /** An instant worth remembering, by key. */
    void save(String key, Instant at);
}
