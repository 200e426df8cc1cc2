package io.svidflow.producer.log;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code key=value key="quoted value"}, as logrus and klog write their fields. */
final class KeyValues {

    private final Map<String, String> values = new LinkedHashMap<>();
    private final String text;
    private int position;
    private String problem;

    private KeyValues(String text, int from) {
        this.text = text;
        this.position = from;
    }

    static KeyValues read(String text, int from) {
        KeyValues pairs = new KeyValues(text, from);
        while (pairs.problem == null && pairs.skipBlanks()) {
            pairs.readPair();
        }
        return pairs;
    }

    /** The pairs in the order written; of equal keys the last. */
    Map<String, String> values() {
        return values;
    }

    /** What is wrong with the text and from which column, null if nothing is. */
    String problem() {
        return problem;
    }

    private boolean skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return position < text.length();
    }

    private void readPair() {
        int start = position;
        while (position < text.length() && isKeyPart(text.charAt(position))) {
            position++;
        }
        if (position == start || position == text.length() || text.charAt(position) != '=') {
            problem = "no key=value at column " + (start + 1);
            return;
        }
        String key = text.substring(start, position++);
        if (position < text.length() && text.charAt(position) == '"') {
            readQuoted(key);
        } else {
            readBare(key);
        }
    }

    private void readQuoted(String key) {
        GoQuoted quoted = GoQuoted.at(text, position);
        if (!quoted.closed()) {
            problem = "the value of " + key + " at column " + (position + 1) + " has no closing quote";
            return;
        }
        position = quoted.end();
        values.put(key, quoted.value());
    }

    private void readBare(String key) {
        int start = position;
        while (position < text.length() && !Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        values.put(key, text.substring(start, position));
    }

    private static boolean isKeyPart(char c) {
        return c != '=' && c != '"' && !Character.isWhitespace(c);
    }
}
