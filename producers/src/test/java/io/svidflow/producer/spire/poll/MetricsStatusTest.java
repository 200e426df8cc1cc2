package io.svidflow.producer.spire.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.AgentStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MetricsStatusTest {

    private static final Instant START = Instant.parse("2025-02-06T00:26:00Z");

    private final MetricsStatus status = new MetricsStatus();

    @Test
    void shouldNotSayWhenItSynchronisedBeforeItHasLookedTwice() throws CallFailedException {
        assertThat(look(0, 7, 0).getLastSyncSuccess()).isNull();
        assertThat(look(5, 7, 0).getLastSyncSuccess()).as("nothing was counted").isNull();
    }

    @Test
    void shouldTakeASynchronisationForNoLaterThanItWas() throws CallFailedException {
        look(0, 7, 0);

        assertThat(look(5, 8, 0).getLastSyncSuccess()).isEqualTo(at(0));
        assertThat(look(10, 9, 0).getLastSyncSuccess()).isEqualTo(at(5));
        assertThat(look(15, 9, 3).getLastSyncSuccess()).as("a failure").isEqualTo(at(5));
    }

    @Test
    void shouldNoticeThatTheCountBeginsAnew() throws CallFailedException {
        look(0, 7, 0);
        look(5, 8, 0);

        assertThat(look(10, 0, 0).getLastSyncSuccess()).as("started again").isEqualTo(at(0));
        assertThat(look(15, 8, 0).getLastSyncSuccess()).isEqualTo(at(10));
    }

    @Test
    void shouldTellTheStartOfTheProcess() throws CallFailedException {
        assertThat(look(60, 1, 0).getUptimeSeconds()).isEqualTo(60);
    }

    @Test
    void shouldTellAStartThatIsNotLaterThanItWasWhereOnlyTheUptimeIsTold() throws CallFailedException {
        assertThat(uptime(19, 10_015).getUptimeSeconds()).isEqualTo(20);
        assertThat(uptime(20, 20_016).getUptimeSeconds()).isEqualTo(30);
        assertThat(uptime(25, 20_016).getUptimeSeconds()).isEqualTo(35);
        assertThat(uptime(30, 15).getUptimeSeconds()).as("started again").isEqualTo(10);
    }

    @Test
    void shouldSayNothingOfAnAgentWhoseStartIsNotTold() {
        assertThatThrownBy(() -> status.look(MetricsText.parse("spire_agent_started 1"), at(0)))
                .isInstanceOf(CallFailedException.class)
                .hasMessageContaining("process_start_time_seconds");
    }

    private AgentStatus uptime(int second, long millis) throws CallFailedException {
        return status.look(MetricsText.parse("spire_agent_uptime_in_ms{host=\"vm\"} " + millis), at(second));
    }

    private AgentStatus look(int second, int succeeded, int failed) throws CallFailedException {
        String counter = "spire_agent_manager_sync_fetch_entries_updates";
        return status.look(
                MetricsText.parse("process_start_time_seconds " + START.getEpochSecond() + "\n" + counter
                        + "{host=\"vm\",status=\"OK\"} " + succeeded + "\n" + counter
                        + "{host=\"vm\",status=\"Unavailable\"} " + failed),
                at(second));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
