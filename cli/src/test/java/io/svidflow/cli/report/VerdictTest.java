package io.svidflow.cli.report;

import static io.svidflow.cli.report.Samples.finding;
import static io.svidflow.cli.report.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void shouldOrderFindingsByTheirBeginning() {
        Finding late = finding("a").setSince(Samples.at(310)).build();
        Finding early = finding("b").build();

        assertThat(verdict(List.of(late, early)).findings()).containsExactly(early, late);
    }

    @Test
    void shouldRefuseTwoRevisionsOfOneFinding() {
        assertThatThrownBy(() -> verdict(List.of(
                        finding("a").build(), finding("a").setRevision(4).build())))
                .hasMessage("finding finding-a is given twice; only its latest revision belongs here");
    }

    @Test
    void shouldCountFactsOfAllSources() {
        assertThat(FactCount.of(Map.of("a", 1L, "b", 2L), 0, 0).in()).isEqualTo(3);
        assertThatThrownBy(() -> FactCount.of(Map.of("a", -1L), 0, 0))
                .hasMessage("facts of a must not be negative, but is -1");
    }
}
