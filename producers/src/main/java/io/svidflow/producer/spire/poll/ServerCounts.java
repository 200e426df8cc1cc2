package io.svidflow.producer.spire.poll;

import io.svidflow.event.ServerMetrics;
import io.svidflow.producer.spire.poll.MetricsText.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the metrics of one server say, from one look to the next. Its counters begin at zero when it begins; what they had
 * counted before the first look belongs to nobody's time. Not thread-safe.
 */
final class ServerCounts {

    private static final String SERVER = "spire_server_";
    private static final String DATASTORE = SERVER + "datastore_";
    private static final String CALL = SERVER + "rpc_";
    private static final String STARTED = "process_start_time_seconds";

    /** Summaries of how long calls took. */
    private static final String TOOK = "_elapsed_time";

    private static final String STATUS = "status";
    private static final String GOOD = "OK";

    /** Answers, which say that something is not there, or is already, or is not allowed. */
    private static final Set<String> ANSWERS = Set.of(
            GOOD,
            "NotFound",
            "AlreadyExists",
            "InvalidArgument",
            "PermissionDenied",
            "Unauthenticated",
            "FailedPrecondition",
            "OutOfRange",
            "Unimplemented",
            "Canceled");

    /** Numbers that are as they are, by the name under which they are told. */
    private static final Map<String, String> LEVELS = Map.of(
            "cachedEntries", SERVER + "entry_entries_by_entryid_cache_count",
            "cachedAgents", SERVER + "node_agents_by_id_cache_count",
            "skippedEntryEvents", SERVER + "entry_skipped_entry_event_ids_count",
            "skippedNodeEvents", SERVER + "node_skipped_node_event_ids_count",
            "caExpiresAt", SERVER + "manager_x509_ca_rotate_expiration");

    /** Calls that are counted by status: told as calls, and as failures. */
    private static final Map<String, List<String>> CALLS = Map.of(
            "agentSync",
                    List.of(
                            CALL + "entry_v1_entry_sync_authorized_entries",
                            CALL + "entry_v1_entry_get_authorized_entries"),
            "agentAttestation", List.of(CALL + "agent_v1_agent_attest_agent"),
            "svidSigning", List.of(CALL + "svid_v1_svid_batch_new_x509svid"),
            "entryCacheReload", List.of(SERVER + "entry_cache_reload"),
            "caPreparation", List.of(SERVER + "ca_manager_x509_ca_prepare"));

    private static final Map<String, String> EVENTS = Map.of(
            "svidsSigned", SERVER + "server_ca_sign_x509_svid",
            "caActivations", SERVER + "ca_manager_x509_ca_activate");

    private final String endpoint;
    private Instant lookedAt;
    private double startedAt;
    private Map<String, Long> counted = Map.of();

    /** @param endpoint where the metrics are read */
    ServerCounts(String endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * What the metrics say.
     *
     * @param at when they were asked for
     */
    ServerMetrics look(MetricsText metrics, Instant at) {
        Map<String, Long> now = counters(metrics);
        double started = metrics.sum(STARTED, labels -> true).orElse(0);
        boolean goesOn = lookedAt != null && started == startedAt && !fellBack(now);
        Map<String, Long> counts = levels(metrics, at);
        Map<String, Long> failures = new TreeMap<>();
        if (goesOn) {
            now.forEach((name, value) -> {
                long more = value - counted.getOrDefault(name, 0L);
                if (!name.contains(" ")) {
                    counts.put(name, more);
                } else if (more > 0) {
                    failures.put(name, more);
                }
            });
        }
        ServerMetrics told = ServerMetrics.newBuilder()
                .setEndpoint(endpoint)
                .setSince(goesOn ? lookedAt : null)
                .setCounts(counts)
                .setFailures(failures)
                .build();
        lookedAt = at;
        startedAt = started;
        counted = now;
        return told;
    }

    /** Where the beginning of the process is not told, a counter that falls tells of it. */
    private boolean fellBack(Map<String, Long> now) {
        return counted.entrySet().stream()
                .anyMatch(before -> now.getOrDefault(before.getKey(), 0L) < before.getValue());
    }

    private static Map<String, Long> levels(MetricsText metrics, Instant at) {
        Map<String, Long> levels = new TreeMap<>();
        LEVELS.forEach((name, metric) -> put(levels, name, metrics.sum(metric, labels -> true)));
        metrics.sum(STARTED, labels -> true)
                .ifPresent(started -> levels.put("uptimeSeconds", Math.max(0, at.getEpochSecond() - (long) started)));
        return levels;
    }

    /** By name; those with a blank in it are failures by metric and status. */
    private static Map<String, Long> counters(MetricsText metrics) {
        Map<String, Long> counters = new TreeMap<>();
        EVENTS.forEach((name, metric) -> put(counters, name, metrics.sum(metric, labels -> true)));
        for (Sample sample : metrics.samples()) {
            String status = sample.labels().get(STATUS);
            if (status == null
                    || !sample.name().startsWith(SERVER)
                    || sample.name().contains(TOOK)) {
                continue;
            }
            boolean failed = !ANSWERS.contains(status);
            if (sample.name().startsWith(DATASTORE)) {
                count(counters, "datastore", sample, failed);
            } else if (sample.name().startsWith(CALL)) {
                count(counters, "api", sample, failed);
            }
            // of these the refusals count as well
            CALLS.forEach((name, names) -> {
                if (names.contains(sample.name())) {
                    count(counters, name, sample, !status.equals(GOOD));
                }
            });
            if (failed) {
                add(counters, sample.name().substring(SERVER.length()) + " " + status, sample.value());
            }
        }
        return counters;
    }

    private static void count(Map<String, Long> counters, String what, Sample sample, boolean failed) {
        add(counters, what + "Calls", sample.value());
        add(counters, what + "Failures", failed ? sample.value() : 0);
    }

    private static void add(Map<String, Long> counters, String name, double value) {
        counters.merge(name, (long) value, Long::sum);
    }

    private static void put(Map<String, Long> numbers, String name, OptionalDouble value) {
        value.ifPresent(number -> numbers.put(name, (long) number));
    }
}
