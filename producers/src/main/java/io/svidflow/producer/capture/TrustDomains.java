package io.svidflow.producer.capture;

import io.svidflow.event.AgentListed;
import io.svidflow.event.Captured;
import io.svidflow.event.EntryObserved;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;

/** The trust domain that a cluster's SPIFFE IDs are in. */
final class TrustDomains {

    private static final String SCHEME = "spiffe://";

    private TrustDomains() {}

    /** That of most entries and agents; empty if there are none. */
    static Optional<String> most(List<Captured> facts) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Captured fact : facts) {
            Object body = fact.getValue() instanceof IndexedRecord event ? event.get(1) : null;
            if (body instanceof AgentListed agent) {
                count(agent.getAgentId(), counts);
            } else if (body instanceof EntryObserved entry) {
                count(entry.getSpiffeId(), counts);
            }
        }
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static void count(String spiffeId, Map<String, Integer> counts) {
        if (spiffeId.startsWith(SCHEME)) {
            counts.merge(spiffeId.substring(SCHEME.length()).split("/", 2)[0], 1, Integer::sum);
        }
    }
}
