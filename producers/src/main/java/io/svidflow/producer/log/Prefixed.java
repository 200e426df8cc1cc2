package io.svidflow.producer.log;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What container runtimes, journald and kubectl put before a line. Their time counts only where the line has none of
 * its own: the two can differ by a time zone.
 */
final class Prefixed implements Dialect {

    private static final String RFC_3339 = "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\S{2,30})";
    private static final Pattern CRI = Pattern.compile(RFC_3339 + " (?:stdout|stderr) ([FP])(?: |$)");
    private static final String HOST_AND_UNIT = "\\S{1,253} [\\w.@/-]{1,100}";
    private static final Pattern HOST_AND_PROCESS = Pattern.compile(HOST_AND_UNIT + "\\[\\d+\\]: ");
    private static final Pattern JOURNALD =
            Pattern.compile("([A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d) " + HOST_AND_UNIT + "(?:\\[\\d+\\])?: ");
    private static final Pattern TIME = Pattern.compile(RFC_3339 + "(?: |$)");
    private static final Pattern KUBECTL = Pattern.compile("\\[(?:pod|container)/[^\\]\\s]{1,300}\\] ");

    @Override
    public Optional<Layer> read(String text, Instant reference) {
        Matcher cri = CRI.matcher(text);
        if (cri.lookingAt()) {
            return cri.group(2).equals("P")
                    ? Layer.broken("part of a line that the container runtime has split at 16 KiB; join the parts"
                            + " (marked P) with the one that ends the line (marked F)")
                    : inner(text, cri.end(), Timestamps.rfc3339(cri.group(1)));
        }
        Matcher time = TIME.matcher(text);
        if (time.lookingAt()) {
            Matcher unit = HOST_AND_PROCESS.matcher(text).region(time.end(), text.length());
            return inner(text, unit.lookingAt() ? unit.end() : time.end(), Timestamps.rfc3339(time.group(1)));
        }
        Matcher journald = JOURNALD.matcher(text);
        if (journald.lookingAt()) {
            return inner(text, journald.end(), Timestamps.syslog(journald.group(1), reference));
        }
        Matcher kubectl = KUBECTL.matcher(text);
        return kubectl.lookingAt() ? inner(text, kubectl.end(), null) : Optional.empty();
    }

    private static Optional<Layer> inner(String text, int from, Instant time) {
        return Layer.wrapping(text.substring(from), time);
    }
}
