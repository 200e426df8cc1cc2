package io.svidflow.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.serde.EventSerdes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.TopologyException;
import org.junit.jupiter.api.Test;

/**
 * Names of stores and nodes are what survives a release: a store that is renamed starts empty. A difference here is a
 * decision (take the new text over, and if a store is gone, a new application id), never an accident.
 */
class TopologyNamesTest {

    private static final Pattern STORES = Pattern.compile("stores: \\[([^]]*)]");

    /** Stores of releases so far, which hold what nobody can read again. Names may be added, never taken away. */
    private static final Set<String> IDENTITY_STORES = Set.of(
            "identity-nodes",
            "identity-pods",
            "identity-entries",
            "identity-components",
            "identity-pending",
            "identity-applied",
            "identity-streams");

    private static final Set<String> INCIDENT_STORES = Set.of(
            "incident-records",
            "incident-instants",
            "incident-server",
            "incident-pending",
            "incident-applied",
            "incident-streams");

    private final EventSerdes serdes = new EventSerdes(Map.of("schema.registry.url", "mock://names"));
    private final Topology identity = new IdentityTopology(IdentityTopology.Settings.defaults(6), serdes).get();
    private final Topology incident = new IncidentTopology(IncidentTopology.Settings.defaults(), serdes).get();

    @Test
    void shouldDescribeItselfAsReleased() throws IOException {
        assertThat(description(identity)).isEqualTo(golden("identity.txt"));
        assertThat(description(incident)).isEqualTo(golden("incident.txt"));
    }

    @Test
    void shouldKeepEveryStoreThatWasEverReleased() {
        assertThat(stores(identity)).containsAll(IDENTITY_STORES);
        assertThat(stores(incident)).containsAll(INCIDENT_STORES);
    }

    @Test
    void shouldRefuseAStoreWithoutAName() {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(settings())));
        builder.<String, String>stream("anything").groupByKey().count();

        assertThatThrownBy(builder::build)
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("state store(s) has not been named");
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        StreamsSettings.properties("svidflow-names", "unused", Map.of())
                .forEach((key, value) -> settings.put((String) key, value));
        return settings;
    }

    /** Stores of a processor come in the order of a hash set: sorted, the text is the same on every JVM. */
    private static String description(Topology topology) {
        Matcher lists = STORES.matcher(topology.describe().toString());
        return lists.replaceAll(
                list -> "stores: " + new TreeSet<>(List.of(list.group(1).split(", "))));
    }

    private static Set<String> stores(Topology topology) {
        Set<String> names = new TreeSet<>();
        Matcher lists = STORES.matcher(topology.describe().toString());
        while (lists.find()) {
            names.addAll(List.of(lists.group(1).split(", ")));
        }
        return names;
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = TopologyNamesTest.class.getResourceAsStream("/topology/" + name)) {
            return file == null ? "no golden file " + name : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
