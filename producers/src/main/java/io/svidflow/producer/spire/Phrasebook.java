package io.svidflow.producer.spire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The messages of one log and what they mean. Whole messages are looked up first, then the other rules in the order
 * given. Case does not matter: SPIRE has changed the case of messages between versions.
 */
final class Phrasebook {

    /** Asked about a line and its message and error in lower case, which are the same for all rules. */
    private record Rule(BiPredicate<TimedLine, String> applies, Meaning meaning) {}

    private final Map<String, Meaning> whole = new HashMap<>();
    private final List<Rule> rules = new ArrayList<>();

    /** The message is exactly this. */
    Phrasebook exactly(String message, Meaning meaning) {
        whole.put(lower(message), meaning);
        return this;
    }

    /** The message begins with this. */
    Phrasebook startingWith(String start, Meaning meaning) {
        return rule(line -> line.message().regionMatches(true, 0, start, 0, start.length()), meaning);
    }

    /** The message, or the error that it reports, contains this. */
    Phrasebook containing(String part, Meaning meaning) {
        String lower = lower(part);
        rules.add(new Rule((line, text) -> text.contains(lower), meaning));
        return this;
    }

    /** Anything about the line. */
    Phrasebook rule(Predicate<TimedLine> applies, Meaning meaning) {
        rules.add(new Rule((line, text) -> applies.test(line), meaning));
        return this;
    }

    /** Messages, given by how they begin, that say nothing about identities. */
    Phrasebook silent(List<String> starts) {
        starts.forEach(start -> startingWith(start, Meaning.NOTHING));
        return this;
    }

    /** What the line means; empty if the message is a new one. */
    Optional<Meaning> lookUp(TimedLine line) {
        Meaning exact = whole.get(lower(line.message()));
        if (exact != null) {
            return Optional.of(exact);
        }
        String text = lower(line.messageAndError());
        for (Rule rule : rules) {
            if (rule.applies().test(line, text)) {
                return Optional.of(rule.meaning());
            }
        }
        return Optional.empty();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
