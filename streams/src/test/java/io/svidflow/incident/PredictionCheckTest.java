package io.svidflow.incident;

import static io.svidflow.incident.WatchedCluster.node;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Finding;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PredictionOutcome;
import io.svidflow.event.ServerSignalKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was predicted of an agent in back-off is compared with what it did. */
class PredictionCheckTest {

    private final WatchedCluster cluster = new WatchedCluster();

    /** The agent failed five times, last at 60 s: it is due between 94.2 s and 103.8 s. */
    @ParameterizedTest
    @CsvSource({"92, -2172", "100, 0", "110, 6234"})
    void shouldTellHowFarTheFirstSuccessLayOutsideOfTheWindow(int success, long offByMillis) {
        NodeTransition.Builder failing = node("node-1")
                .setSyncFailingSince(at(12))
                .setSyncAttempts(5)
                .setPreviousSyncAttempt(at(34.7))
                .setLastSyncAttempt(at(60))
                .setFirstSyncError("datastore-sql: connection refused")
                .setLastSyncError("datastore-sql: connection refused");
        cluster.sees(0, node("node-1").build())
                .datastoreFails(10, 60)
                .sees(61, failing.build())
                .server(65, ServerSignalKind.DATASTORE_ANSWERED, null)
                .sees(70, WatchedCluster.stuck("a", Link.SYNCHRONISED))
                .sees(success, node("node-1").setLastSyncSuccess(at(success)).build())
                .sees(success + 1, WatchedCluster.recovered("a"));

        Finding last =
                cluster.told(Finding.class).get(cluster.told(Finding.class).size() - 1);
        PredictionOutcome outcome = last.getPredictionOutcome();

        assertThat(outcome.getSucceededAt()).isEqualTo(at(success));
        assertThat(outcome.getNotBefore()).isEqualTo(last.getPrediction().getNotBefore());
        assertThat(outcome.getOffByMillis()).isEqualTo(offByMillis);
    }
}
