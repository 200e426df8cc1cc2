package io.svidflow.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A verdict is a function of the facts, not of their order: whatever arrives when, in whatever order, and twice. */
class RandomHistoriesTest {

    private static final long FIRST_SEED = 5859;
    private static final int HISTORIES = 40;

    @TempDir
    private Path stateDir;

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + HISTORIES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldConcludeTheSameHoweverTheFactsArrive(long seed) {
        try (Stages inOrder = new Stages(stateDir.resolve("in-order"));
                Stages shuffled = new Stages(stateDir.resolve("shuffled"))) {
            new RandomHistory(seed).playInOrder(inOrder);
            new RandomHistory(seed).playShuffled(shuffled);

            assertThat(shuffled.transitions()).as("seed %d", seed).isEqualTo(inOrder.transitions());
            assertThat(shuffled.findings()).as("seed %d", seed).isEqualTo(inOrder.findings());
            assertThat(shuffled.incidents()).as("seed %d", seed).isEqualTo(inOrder.incidents());
            assertThat(shuffled.others()).as("seed %d", seed).isEqualTo(inOrder.others());
        }
    }

    @Test
    void shouldNotBeAboutNothing() {
        long told = seeds().map(seed -> {
                    try (Stages stages = new Stages(stateDir)) {
                        new RandomHistory(seed).playInOrder(stages);
                        return stages.findings().size();
                    }
                })
                .filter(findings -> findings > 0)
                .count();

        assertThat(told).as("histories with a finding").isGreaterThan(HISTORIES / 3);
    }
}
