package io.svidflow.diagnosis;

import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.diagnosis.RegistrarHealth.Sign;
import org.junit.jupiter.api.Test;

/** When errors are an outage, and when silence is one. */
class HealthTest {

    @Test
    void shouldNotTakeAHiccupForAnOutage() {
        DatastoreHealth twice = DatastoreHealth.UNKNOWN.failed(at(0), "e", "f").failed(at(9), "e", "f");
        DatastoreHealth atOnce =
                twice.failed(at(9), "e", "f").answered(at(10), "a").failed(at(11), "e", "f");

        assertThat(twice.down(at(10))).isFalse();
        assertThat(atOnce.down(at(12))).isFalse();
    }

    @Test
    void shouldEndAnOutageWithAnAnswer() {
        DatastoreHealth down = failing(0, 20);
        assertThat(down.down(at(21))).isTrue();

        assertThat(down.answered(at(22), "an entry was created").outage(at(23))).contains(new Outage(at(0), at(22)));
    }

    @Test
    void shouldNotEndAnOutageWithAnAnswerFromBefore() {
        assertThat(failing(0, 20).answered(at(19), "late news").down(at(21))).isTrue();
    }

    @Test
    void shouldTakeSilenceForTheEndOfAnOutage() {
        assertThat(failing(0, 20).down(at(50))).isTrue();
        assertThat(failing(0, 20).outage(at(51))).contains(new Outage(at(0), at(20)));
    }

    @Test
    void shouldMissARegistrarThatCalledInARhythmAndStopped() {
        RegistrarHealth rhythm = RegistrarHealth.UNKNOWN
                .saw(Sign.CALLED, at(0))
                .saw(Sign.CALLED, at(10))
                .saw(Sign.CALLED, at(20));

        assertThat(rhythm.down(at(60))).isEmpty();
        assertThat(rhythm.down(at(66))).isPresent();
        assertThat(RegistrarHealth.UNKNOWN.saw(Sign.CALLED, at(0)).down(at(600)))
                .as("nobody knows its rhythm")
                .isEmpty();
    }

    @Test
    void shouldRememberWhenTheRegistrarWasDown() {
        RegistrarHealth back = RegistrarHealth.UNKNOWN.saw(Sign.STOPPED, at(0)).saw(Sign.LEADING, at(80));

        assertThat(back.down(at(81))).isEmpty();
        assertThat(back.previous()).isEqualTo(new Outage(at(0), at(80)));
    }

    private static DatastoreHealth failing(int from, int until) {
        DatastoreHealth health = DatastoreHealth.UNKNOWN;
        for (int second = from; second <= until; second += 5) {
            health = health.failed(at(second), "datastore-sql: connection refused", "fact");
        }
        return health;
    }
}
