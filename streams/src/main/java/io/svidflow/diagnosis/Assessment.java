package io.svidflow.diagnosis;

import io.svidflow.event.Evidence;
import io.svidflow.event.Link;
import java.time.Instant;
import java.util.List;

/** What a cause says of a case. */
public sealed interface Assessment {

    /**
     * The cause explains the case.
     *
     * @param confidence 0 to 1
     * @param variant which kind of the cause it is, where the remedy differs (REFUSED, DNS, EXPIRED, ...); null: one kind
     * @param because facts for it
     */
    record Likely(double confidence, String variant, List<Evidence> because) implements Assessment {
        public Likely {
            if (confidence <= 0 || confidence > 1) {
                throw new IllegalArgumentException("confidence must be in (0, 1], but is " + confidence);
            }
            because = List.copyOf(because);
        }

        /** The same, of this kind. */
        Likely ofKind(String kind) {
            return new Likely(confidence, kind, because);
        }
    }

    /** A fact excludes the cause. */
    record RuledOut(String because) implements Assessment {}

    /** Nothing known speaks for or against it. */
    record Silent() implements Assessment {}

    static Likely likely(double confidence, Evidence... because) {
        return new Likely(confidence, null, List.of(because));
    }

    static Assessment ruledOut(String because) {
        return new RuledOut(because);
    }

    static Assessment silent() {
        return new Silent();
    }

    static Evidence fact(Instant at, Link link, String text) {
        return new Evidence(at, link, text, null);
    }
}
