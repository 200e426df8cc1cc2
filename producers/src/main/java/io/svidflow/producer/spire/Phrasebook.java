package io.svidflow.producer.spire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The messages of one log and what they mean. Whole messages are looked up first, then the other rules in the order
 * given. Case does not matter: SPIRE has changed the case of messages between versions.
 */
final class Phrasebook {

    private record Rule(Predicate<TimedLine> applies, Meaning meaning) {}

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
        return rule(line -> lower(line.messageAndError()).contains(lower), meaning);
    }

    /** Anything about the line. */
    Phrasebook rule(Predicate<TimedLine> applies, Meaning meaning) {
        rules.add(new Rule(applies, meaning));
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
        return exact != null
                ? Optional.of(exact)
                : rules.stream()
                        .filter(rule -> rule.applies().test(line))
                        .map(Rule::meaning)
                        .findFirst();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
