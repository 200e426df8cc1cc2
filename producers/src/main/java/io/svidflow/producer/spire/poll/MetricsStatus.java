package io.svidflow.producer.spire.poll;

import io.svidflow.event.AgentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * How an agent is, from one look at its metrics to the next. They count synchronisations and do not say when they were: one
 * that was counted since the look before was not earlier than that look. Not thread-safe.
 */
final class MetricsStatus {

    private static final String SYNCHRONISED = "spire_agent_manager_sync_fetch_entries_updates";
    private static final String STARTED = "process_start_time_seconds";
    private static final String UPTIME = "spire_agent_uptime_in_ms";
    private static final String CACHED = "spire_agent_lru_cache_svid_map_size";
    private static final Predicate<Map<String, String>> SUCCEEDED = labels -> "OK".equals(labels.get("status"));
    private static final Predicate<Map<String, String>> ANY = labels -> true;

    /** An agent tells its uptime anew every 10 s. */
    private static final Duration UPTIME_AGE = Duration.ofSeconds(10);

    private Instant lookedAt;
    private double counted;
    private Instant lastSync;
    private Instant startedAt;
    private double uptime = -1;

    /**
     * What the metrics say.
     *
     * @param at when they were asked for
     * @throws CallFailedException if an agent would say more
     */
    AgentStatus look(MetricsText metrics, Instant at) throws CallFailedException {
        double successes = metrics.sum(SYNCHRONISED, SUCCEEDED).orElse(0);
        if (lookedAt != null && successes > 0 && successes != counted) {
            lastSync = lookedAt;
        }
        lookedAt = at;
        counted = successes;
        started(metrics, at);
        return AgentStatus.newBuilder()
                .setAgentId(null)
                .setLastSyncSuccess(lastSync)
                .setUptimeSeconds(Math.max(0, Duration.between(startedAt, at).toSeconds()))
                .setCachedSvids((int) metrics.sum(CACHED, ANY).orElse(0))
                .setSvidExpiresAt(null)
                .build();
    }

    /**
     * When the process began. Where that is not told, the earliest start that the uptime gives is nearest to the truth; what
     * an agent did must not seem to be from before it.
     */
    private void started(MetricsText metrics, Instant at) throws CallFailedException {
        OptionalDouble exactly = metrics.sum(STARTED, ANY);
        if (exactly.isPresent()) {
            startedAt = Instant.ofEpochMilli((long) (exactly.getAsDouble() * 1000));
            return;
        }
        double told = metrics.sum(UPTIME, ANY)
                .orElseThrow(() -> CallFailedException.because(
                        AgentMetrics.OPERATION, "there is neither " + STARTED + " nor " + UPTIME));
        Instant start = at.minusMillis((long) told).minus(UPTIME_AGE);
        boolean again = told < uptime;
        startedAt = startedAt == null || again || start.isBefore(startedAt) ? start : startedAt;
        uptime = told;
    }
}
