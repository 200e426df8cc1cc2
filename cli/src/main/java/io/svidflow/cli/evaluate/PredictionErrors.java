package io.svidflow.cli.evaluate;

import io.svidflow.event.Finding;
import io.svidflow.event.PredictionOutcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far agents' first successes lay outside of the windows that were predicted for them.
 *
 * @param offBy one for each agent that recovered: zero within the window, negative before it, positive after it
 */
public record PredictionErrors(List<Duration> offBy) {

    static final PredictionErrors NONE = new PredictionErrors(List.of());

    public PredictionErrors {
        offBy = List.copyOf(offBy);
    }

    /** The errors behind some findings; pods of one node that waited for the same attempt count once. */
    static PredictionErrors of(List<Finding> findings) {
        Map<String, Duration> attempts = new LinkedHashMap<>();
        for (Finding finding : findings) {
            PredictionOutcome outcome = finding.getPredictionOutcome();
            if (outcome != null) {
                attempts.put(
                        finding.getNode() + " " + outcome.getNotBefore() + " " + outcome.getSucceededAt(),
                        Duration.ofMillis(outcome.getOffByMillis()));
            }
        }
        return new PredictionErrors(List.copyOf(attempts.values()));
    }

    PredictionErrors and(PredictionErrors other) {
        return new PredictionErrors(
                Stream.concat(offBy.stream(), other.offBy.stream()).toList());
    }

    /** How many predictions came to be judged. */
    public int count() {
        return offBy.size();
    }

    /** How many were right. */
    public long inside() {
        return offBy.stream().filter(Duration::isZero).count();
    }

    /**
     * The size of the error that a share of the predictions does not exceed (nearest rank).
     *
     * @param share 0.5 for the median
     * @return empty when there is none
     */
    public Optional<Duration> error(double share) {
        List<Duration> sizes = offBy.stream().map(Duration::abs).sorted().toList();
        return sizes.isEmpty() ? Optional.empty() : Optional.of(sizes.get((int) Math.ceil(share * sizes.size()) - 1));
    }
}
