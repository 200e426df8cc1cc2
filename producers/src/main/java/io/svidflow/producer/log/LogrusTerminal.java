package io.svidflow.producer.log;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Logrus as it writes to a terminal: {@code ERRO[0025] message      key=value}. In the brackets stand the seconds since
 * the program started, which are no use without its start, or the time.
 */
final class LogrusTerminal implements Dialect {

    private static final Pattern START =
            Pattern.compile("(TRAC|DEBU|INFO|WARN|ERRO|FATA|PANI)[A-Z]{0,3}\\[([^\\]]{1,40})\\] ?");
    private static final Pattern FIRST_FIELD = Pattern.compile(" [A-Za-z_][A-Za-z0-9_.-]*=");

    @Override
    public Optional<Layer> read(String text, Instant reference) {
        Matcher start = START.matcher(text);
        if (!start.lookingAt()) {
            return Optional.empty();
        }
        Instant time = Timestamps.rfc3339(start.group(2));
        Level level = Level.parse(start.group(1));
        Matcher field = FIRST_FIELD.matcher(text);
        int from = start.end();
        // a message may itself contain "x=": the fields begin where all that follows are fields
        for (int tries = 0; tries < 8 && field.find(from); tries++) {
            KeyValues pairs = KeyValues.read(text, field.start());
            if (pairs.problem() == null) {
                return Layer.parsed(
                        time, level, text.substring(start.end(), field.start()).strip(), pairs.values());
            }
            from = field.end();
        }
        return Layer.parsed(time, level, text.substring(start.end()).strip(), Map.of());
    }
}
