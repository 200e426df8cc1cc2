package io.svidflow.incident;

import static io.svidflow.incident.WatchedCluster.stuck;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.ControlKind;
import io.svidflow.event.Link;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.event.RemediationState;
import io.svidflow.remediation.Policy;
import io.svidflow.scene.Scene;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What remediation must not forget is where another instance finds it. */
class RemediationTakeoverTest {

    @Test
    void shouldRememberPausesBudgetsAndDeedsOnAnotherInstance() {
        WatchedCluster cluster = new WatchedCluster();
        cluster.wishes(10, wish(ControlKind.PAUSE).build())
                .wishes(
                        11,
                        wish(ControlKind.INIT_BUDGET)
                                .setBudgets(Policy.USUAL_GRANTS)
                                .build());
        cluster.sees(60, stuck("p", Link.ENTRY_PRESENT));
        List<String> kept = cluster.kept();

        cluster.takenOver();

        assertThat(kept)
                .contains("control/pause/wish-PAUSE", "control/budget")
                .anyMatch(key -> key.startsWith("budget/"))
                .anyMatch(key -> key.startsWith("command/"))
                .anyMatch(key -> key.startsWith("remediation/"));
        cluster.waits(300);
        assertThat(cluster.told(RemediationCommand.class)).hasSize(1);
        assertThat(cluster.told(Remediation.class))
                .extracting(Remediation::getState)
                .containsExactly(RemediationState.OPEN);
    }

    @Test
    void shouldNotTellAgainOnAnotherInstanceWhatWasRefused() {
        WatchedCluster cluster = new WatchedCluster();
        cluster.sees(60, stuck("p", Link.ENTRY_PRESENT)).waits(200);
        int before = cluster.told(RemediationRefusal.class).size();

        cluster.takenOver().waits(260);

        assertThat(cluster.told(RemediationRefusal.class)).hasSize(before);
        assertThat(cluster.told(RemediationCommand.class))
                .extracting(RemediationCommand::getAction)
                .containsExactly(RemediationAction.NOTIFY);
    }

    private static RemediationControl.Builder wish(ControlKind kind) {
        return RemediationControl.newBuilder()
                .setId("wish-" + kind)
                .setCluster(Scene.CLUSTER)
                .setAt(at(10))
                .setOperator("ada")
                .setReason("because")
                .setKind(kind);
    }
}
