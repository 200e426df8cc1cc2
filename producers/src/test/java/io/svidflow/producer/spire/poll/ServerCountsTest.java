package io.svidflow.producer.spire.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.ServerMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ServerCountsTest {

    private static final Instant FIRST = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant SECOND = FIRST.plusSeconds(15);
    private static final String STARTED = "process_start_time_seconds 1.7723586e+09\n"; // 10 minutes before

    private final ServerCounts counts = new ServerCounts("http://spire-server-0:9988/metrics");

    @Test
    void shouldTellOnlyWhatIsAndNothingThatWasCountedAtTheFirstLook() {
        ServerMetrics told = look(FIRST, """
                spire_server_datastore_node_fetch{status="OK"} 1000
                spire_server_datastore_node_fetch{status="Internal"} 70
                spire_server_entry_skipped_entry_event_ids_count 2
                spire_server_entry_entries_by_entryid_cache_count 41
                """);

        assertThat(told.getSince()).isNull();
        assertThat(told.getEndpoint()).isEqualTo("http://spire-server-0:9988/metrics");
        assertThat(told.getCounts())
                .containsEntry("skippedEntryEvents", 2L)
                .containsEntry("cachedEntries", 41L)
                .containsEntry("uptimeSeconds", 600L)
                .hasSize(3);
        assertThat(told.getFailures()).isEmpty();
    }

    @Test
    void shouldReadWhatSpireTells() throws IOException {
        MetricsText recorded;
        try (InputStream file = ServerCountsTest.class.getResourceAsStream("/spire/server-metrics-1.15.3.txt")) {
            recorded =
                    MetricsText.parse(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(recorded.odd()).isEmpty();
        assertThat(counts.look(recorded, FIRST).getCounts())
                .containsEntry("cachedEntries", 1L)
                .containsEntry("cachedAgents", 0L)
                .containsEntry("skippedEntryEvents", 0L)
                .containsEntry("skippedNodeEvents", 0L)
                .containsEntry("caExpiresAt", 1_796_051_348L)
                .containsKey("uptimeSeconds");
        assertThat(counts.look(recorded, SECOND).getCounts())
                .containsEntry("datastoreCalls", 0L)
                .containsKeys("datastoreFailures", "apiCalls", "caPreparationCalls", "caActivations", "svidsSigned");
    }

    @Test
    void shouldTellWhatWasCountedSinceTheLookBefore() {
        look(FIRST, """
                spire_server_datastore_node_fetch{host="a",status="OK"} 1000
                spire_server_datastore_node_fetch{host="a",status="Internal"} 70
                spire_server_rpc_entry_v1_entry_sync_authorized_entries{status="OK"} 10
                spire_server_entry_cache_reload{status="OK"} 3
                spire_server_ca_manager_x509_ca_activate 1
                """);
        ServerMetrics told = look(SECOND, """
                spire_server_datastore_node_fetch{host="a",status="OK"} 1010
                spire_server_datastore_node_fetch{host="a",status="NotFound"} 5
                spire_server_datastore_node_fetch{host="a",status="Internal"} 73
                spire_server_datastore_node_fetch_elapsed_time{status="OK",quantile="0.5"} 900
                spire_server_datastore_node_fetch_elapsed_time_count{status="OK"} 900
                spire_server_datastore_node_count{status="OK"} 2
                spire_server_rpc_entry_v1_entry_sync_authorized_entries{status="OK"} 14
                spire_server_rpc_entry_v1_entry_sync_authorized_entries{status="PermissionDenied"} 2
                spire_server_entry_cache_reload{status="OK"} 4
                spire_server_entry_cache_reload{status="Unknown"} 2
                spire_server_ca_manager_x509_ca_activate 2
                """);

        assertThat(told.getSince()).isEqualTo(FIRST);
        assertThat(told.getCounts())
                .containsEntry("datastoreCalls", 20L)
                .containsEntry("datastoreFailures", 3L)
                .containsEntry("apiCalls", 6L)
                .containsEntry("apiFailures", 0L)
                .containsEntry("agentSyncCalls", 6L)
                .containsEntry("agentSyncFailures", 2L)
                .containsEntry("entryCacheReloadCalls", 3L)
                .containsEntry("entryCacheReloadFailures", 2L)
                .containsEntry("caActivations", 1L)
                .doesNotContainKeys("svidsSigned", "svidSigningCalls", "cachedEntries");
        assertThat(told.getFailures())
                .containsEntry("datastore_node_fetch Internal", 3L)
                .containsEntry("entry_cache_reload Unknown", 2L)
                .hasSize(2);
    }

    @Test
    void shouldBeginAnewWithAServerThatWasStartedAgain() {
        look(FIRST, "spire_server_datastore_node_fetch{status=\"Internal\"} 70\n");
        ServerMetrics told = counts.look(
                MetricsText.parse("process_start_time_seconds 1.77235920e+09\n".replace("592", "599")
                        + "spire_server_datastore_node_fetch{status=\"Internal\"} 90\n"),
                SECOND);
        assertThat(told.getSince()).isNull();
        assertThat(told.getFailures()).isEmpty();
    }

    @Test
    void shouldNoticeARestartByACounterThatFalls() {
        counts.look(MetricsText.parse("spire_server_server_ca_sign_x509_svid 70\n"), FIRST);
        ServerMetrics told = counts.look(MetricsText.parse("spire_server_server_ca_sign_x509_svid 3\n"), SECOND);

        assertThat(told.getSince()).isNull();
        assertThat(told.getCounts()).isEmpty();
    }

    private ServerMetrics look(Instant at, String metrics) {
        return counts.look(MetricsText.parse(STARTED + metrics), at);
    }
}
