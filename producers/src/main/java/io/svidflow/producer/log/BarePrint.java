package io.svidflow.producer.log;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sentences that reach a log past its logger: a Go panic, and the bundle warning that SPIRE 1.13.0 to 1.15.1 prints to
 * standard output.
 */
final class BarePrint implements Dialect {

    private static final Pattern PANIC = Pattern.compile("(?:panic|fatal error): ");
    /** What the command line says of a configuration that it cannot read, before there is a logger. */
    private static final Pattern CONFIGURATION =
            Pattern.compile("(?:unable to (?:decode|parse|read) configuration|could not find config file)\\b");

    private static final Pattern BUNDLE = Pattern.compile("(?i)trust b[au]ndle and server don'?t agree");

    @Override
    public Optional<Layer> read(String text, Instant reference) {
        if (PANIC.matcher(text).lookingAt() || CONFIGURATION.matcher(text).lookingAt()) {
            return Layer.parsed(null, Level.FATAL, text.strip(), Map.of());
        }
        return BUNDLE.matcher(text).lookingAt()
                ? Layer.parsed(null, Level.WARNING, text.strip(), Map.of())
                : Optional.empty();
    }
}
