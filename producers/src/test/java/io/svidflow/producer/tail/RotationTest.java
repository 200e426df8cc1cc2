package io.svidflow.producer.tail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationTest {

    @ParameterizedTest
    @CsvSource({
        "agent.log.1, agent.log",
        "agent.log.2.gz, agent.log",
        "agent.log-20261123, agent.log",
        "agent.log-20261123.gz, agent.log",
        "0.log.20261123-054151, 0.log",
        "0.log.20261123-054151.gz, 0.log",
        "agent-2026-11-23T05-41-51.488.log, agent.log",
        "agent-2026-11-23T05-41-51.488.log.gz, agent.log",
    })
    void shouldTellOfWhichLogAFileIsAPart(String file, String log) {
        assertThat(Rotation.logs(file)).contains(log);
    }

    @Test
    void shouldLeaveAloneWhatIsStillBeingCompressed() {
        assertThat(Rotation.logs("0.log.20261123-054151.tmp")).isEmpty();
    }

    @Test
    void shouldNotTakeALogForAPartOfAnother() {
        assertThat(Rotation.logs("10.log")).doesNotContain("0.log", "10.log", "1.log");
        assertThat(Rotation.logs("agent.log")).doesNotContain("agent.log");
    }
}
