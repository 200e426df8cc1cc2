package io.svidflow.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentChangeTest {

    private static final Path PAGE = Path.of("..", "docs", "agent-synchronisation.md");

    @ParameterizedTest
    @CsvSource({
        "LONGER_BACKOFF, 1.7.0, 1.7.1",
        "SHORT_FIRST_WAIT, 1.8.2, 1.8.3",
        "RETRY_AT_START_ON_REQUEST, 1.9.1, 1.9.2",
        "REATTEST_IN_PROCESS, 1.9.6, 1.10.0",
        "RETRY_AT_START_BY_DEFAULT, 1.12.6, 1.13.0",
        "REBOOTSTRAP, 1.12.6, 1.13.0",
        "RETRY_AT_START_ALWAYS, 1.13.6, 1.14.0"
    })
    void shouldKnowTheLastVersionBeforeAndTheFirstWithAChange(AgentChange change, String last, String first) {
        assertThat(change.in(SpireVersion.of(last).orElseThrow())).isFalse();
        assertThat(change.in(SpireVersion.of(first).orElseThrow())).isTrue();
    }

    @Test
    void shouldTakeAnUnknownVersionForARecentOne() {
        assertThat(AgentChange.values()).allMatch(change -> change.in(null));
    }

    @Test
    void shouldBeWhatTheDocumentationSays() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| \\d+\\.\\d+\\.\\d+ \\|.*"))
                .toList();

        assertThat(rows)
                .isEqualTo(Arrays.stream(AgentChange.values())
                        .map(AgentChangeTest::row)
                        .toList());
    }

    private static String row(AgentChange change) {
        return "| " + String.join(" | ", change.since().toString(), change.question(), change.before(), change.from())
                + " |";
    }
}
