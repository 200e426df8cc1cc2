package io.svidflow.cli.evaluate;

import io.svidflow.cli.evaluate.Call.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How good some calls were. */
public record Score(List<Call> calls) {

    public Score {
        calls = List.copyOf(calls);
    }

    /** How many there are. */
    public int expected() {
        return calls.size();
    }

    /** How many had this outcome. */
    public int count(Outcome outcome) {
        return (int) calls.stream().filter(call -> call.outcome() == outcome).count();
    }

    /** How many have the right cause among the three best. */
    public int inFirstThree() {
        return (int) calls.stream().filter(Call::inFirstThree).count();
    }

    /**
     * The delay that a share of the reported pods does not exceed (nearest rank).
     *
     * @param share 0.5 for the median
     * @return empty when no pod was reported
     */
    public Optional<Duration> delay(double share) {
        List<Duration> delays = calls.stream()
                .map(Call::delay)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return delays.isEmpty()
                ? Optional.empty()
                : Optional.of(delays.get((int) Math.ceil(share * delays.size()) - 1));
    }
}
