package io.svidflow.producer.spire;

import io.svidflow.producer.Publication;
import java.util.List;
import java.util.Objects;

/**
 * What became of a line. Every line has exactly one outcome, so the counts add up to the lines read.
 *
 * @param outcome what the line is counted under
 * @param facts facts to publish, in order; empty unless {@code outcome} is FACT
 * @param reason for BROKEN what is wrong with the line, for UNKNOWN its message; otherwise empty
 */
public record MappedLine(Outcome outcome, List<Publication> facts, String reason) {

    /** What a line is counted under. */
    public enum Outcome {
        /** It says something that is published. */
        FACT,
        /** It is understood, and says nothing about identities. */
        KNOWN,
        /** It is well formed, and its message is a new one. */
        UNKNOWN,
        /** It goes on with the line before: a stack trace or a blank line. */
        CONTINUATION,
        /** It cannot be read; to be kept as a dead letter. */
        BROKEN
    }

    public MappedLine {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(reason, "reason");
        facts = List.copyOf(facts);
        if (facts.isEmpty() == (outcome == Outcome.FACT)) {
            throw new IllegalArgumentException(
                    "a line has facts exactly when its outcome is FACT, but " + outcome + " came with " + facts.size());
        }
    }

    static MappedLine facts(List<Publication> facts) {
        return new MappedLine(Outcome.FACT, facts, "");
    }

    static MappedLine known() {
        return new MappedLine(Outcome.KNOWN, List.of(), "");
    }

    static MappedLine unknown(String message) {
        return new MappedLine(Outcome.UNKNOWN, List.of(), message);
    }

    static MappedLine continuation() {
        return new MappedLine(Outcome.CONTINUATION, List.of(), "");
    }

    static MappedLine broken(String reason) {
        return new MappedLine(Outcome.BROKEN, List.of(), reason);
    }
}
