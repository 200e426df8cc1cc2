package io.svidflow.producer.log;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Zap's console encoder: time, level, perhaps a logger and a caller, message and a JSON object, between tabs. Where the
 * tabs have become spaces (a copied log), the logger is told from the message by its look.
 */
final class ZapConsole implements Dialect {

    private static final Pattern START = Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\S{8,30}|\\d\\S{8,20})\\s+"
            + "((?i:debug|info|warn|error|dpanic|panic|fatal|level\\(-\\d+\\)))(?:\\s+|$)");
    private static final Pattern LOGGER =
            Pattern.compile("(setup|events|(?:[a-z]+ )?[a-z]+-reconciler|[a-z]+(?:[.-][a-z]+)+) (?=\\S)");
    private static final Pattern CALLER = Pattern.compile("\\S+\\.go:\\d+");
    private static final Pattern COLUMN = Pattern.compile("\\t| {2,}");

    @Override
    public Optional<Layer> read(String text, Instant reference) {
        Matcher start = START.matcher(text);
        if (!start.lookingAt()) {
            return Optional.empty();
        }
        Instant rfc3339 = Timestamps.rfc3339(start.group(1));
        Instant time = rfc3339 == null ? Timestamps.epochSeconds(start.group(1)) : rfc3339;
        String rest = text.substring(start.end());
        int object = startOfObject(rest);
        Map<String, String> fields = new LinkedHashMap<>();
        if (object >= 0) {
            Optional<Map<String, String>> read = JsonFields.read(rest.substring(object));
            if (read.isEmpty()) {
                return Layer.broken("zap console: the fields are no JSON object; was the line cut off?");
            }
            fields.putAll(read.get());
        }
        String message = message(object < 0 ? rest : rest.substring(0, object), fields);
        return Layer.parsed(time, Level.parse(start.group(2)), message, fields);
    }

    /** The fields are what follows the last tab; without tabs, what follows the first blank and brace. */
    private static int startOfObject(String rest) {
        int tab = rest.lastIndexOf('\t') + 1;
        if (tab < rest.length() && rest.charAt(tab) == '{') {
            return tab;
        }
        int blank = rest.indexOf(" {\"");
        return tab > 0 || blank < 0 ? -1 : blank + 1;
    }

    private static String message(String text, Map<String, String> fields) {
        String[] columns = COLUMN.split(text.strip());
        int first = 0;
        if (columns.length > 1) {
            first = CALLER.matcher(columns[columns.length - 2]).matches() ? columns.length - 1 : 1;
            if (!CALLER.matcher(columns[0]).matches()) {
                fields.putIfAbsent("logger", columns[0]);
            }
        }
        String message = String.join(" ", Arrays.asList(columns).subList(first, columns.length));
        Matcher logger = LOGGER.matcher(message);
        if (columns.length == 1 && text.indexOf('\t') < 0 && logger.lookingAt()) {
            fields.putIfAbsent("logger", logger.group(1));
            return message.substring(logger.end());
        }
        return message;
    }
}
