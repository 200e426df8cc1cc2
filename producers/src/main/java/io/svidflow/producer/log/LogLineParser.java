package io.svidflow.producer.log;

import io.svidflow.producer.log.LineReading.Broken;
import io.svidflow.producer.log.LineReading.Continuation;
import io.svidflow.producer.log.LineReading.Parsed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a line of a SPIRE agent, SPIRE server or spire-controller-manager log in every dialect that these are found in,
 * through any wrapping that runtimes and shippers put around it. Of two times the inner one wins. Never throws for what
 * a line contains. Knows the dialects only, not what a message means.
 */
public final class LogLineParser {

    /** Longest line that is read, in characters: no line of SPIRE comes near. */
    static final int LONGEST = 1 << 20;

    /** A line in a runtime's wrapping in a shipper's wrapping, and one more. */
    private static final int DEEPEST = 4;

    private static final Pattern COLOUR = Pattern.compile("\u001b(?:\\[[0-9;]*[A-Za-z]?)?");

    /** A byte order mark, and the zero bytes with which a log begins that was truncated while it was written. */
    private static final Pattern LEADING_FILL = Pattern.compile("^[\\x00\ufeff]+");

    private static final List<Dialect> DIALECTS = List.of(
            new LogrusText(),
            new JsonLine(),
            new ZapConsole(),
            new Klog(),
            new LogrusTerminal(),
            new BarePrint(),
            new Prefixed());

    /**
     * Reads one line.
     *
     * @param text the line, without its line end
     * @param reference a time near the line's own, such as the start of the incident: gives klog and journald lines
     *     their year
     * @return the line, or that it goes on with the one before, or what is wrong with it
     */
    public LineReading read(String text, Instant reference) {
        if (text.length() > LONGEST) {
            return new Broken("the line has " + text.length() + " characters, more than the " + LONGEST
                    + " that are read; is this a log file?");
        }
        String clean = clean(text);
        Instant outer = null;
        for (int depth = 0; depth <= DEEPEST; depth++) {
            if (clean.isBlank()) {
                return new Continuation();
            }
            Optional<Layer> layer = peel(clean.strip(), reference);
            if (layer.isEmpty()) {
                return unrecognised(clean);
            }
            if (layer.get() instanceof Layer.Line line) {
                return withTime(line.reading(), outer);
            }
            Layer.Wrapping wrapping = (Layer.Wrapping) layer.get();
            outer = wrapping.time() == null ? outer : wrapping.time();
            clean = wrapping.inner();
        }
        return new Broken("wrapped more than " + DEEPEST + " times; is this a SPIRE log?");
    }

    private static String clean(String text) {
        String plain = text.indexOf('\u001b') < 0 ? text : COLOUR.matcher(text).replaceAll("");
        return LEADING_FILL.matcher(plain).replaceFirst("");
    }

    private static Optional<Layer> peel(String text, Instant reference) {
        for (Dialect dialect : DIALECTS) {
            Optional<Layer> layer = dialect.read(text, reference);
            if (layer.isPresent()) {
                return layer;
            }
        }
        return Optional.empty();
    }

    private static LineReading unrecognised(String text) {
        return StackTrace.isPart(text)
                ? new Continuation()
                : new Broken("none of the known formats (logrus, JSON, zap, klog); is this a SPIRE log?");
    }

    private static LineReading withTime(LineReading reading, Instant outer) {
        return reading instanceof Parsed parsed && parsed.line().time() == null && outer != null
                ? new Parsed(parsed.line().withTime(outer))
                : reading;
    }
}
