package io.svidflow.producer.bundle;

import io.svidflow.producer.coverage.SourceKind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How much of a bundle is read. What is left out was never collected: no heartbeat speaks of it, and its silence means
 * nothing. A line that is lost is different: its source was there, and this line is missing from it.
 *
 * @param without what is left out
 * @param lost share of the log lines that are lost, 0 to 1
 * @param seed which of them: the same seed loses the same lines
 */
public record Selection(Set<BundlePart> without, double lost, long seed) {

    /** The whole bundle. */
    public static final Selection EVERYTHING = new Selection(Set.of(), 0, 0);

    public Selection {
        if (!(lost >= 0 && lost < 1)) {
            throw new IllegalArgumentException(
                    "the share of lost lines is " + lost + "; name one from 0 to less than 1, such as 0.05");
        }
        Set<BundlePart> copy = EnumSet.noneOf(BundlePart.class);
        copy.addAll(without);
        without = Collections.unmodifiableSet(copy);
    }

    /** The whole bundle but for some of it. */
    public static Selection without(Set<BundlePart> without) {
        return new Selection(without, 0, 0);
    }

    boolean holds(SourceKind kind) {
        return without.stream().noneMatch(part -> part.kind().stream().anyMatch(kind::equals));
    }

    boolean holds(ObjectFile file) {
        return holds(file.kind()) && !(file == ObjectFile.AGENTS && without.contains(BundlePart.AGENTS));
    }
}
