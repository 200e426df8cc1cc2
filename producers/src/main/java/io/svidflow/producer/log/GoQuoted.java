package io.svidflow.producer.log;

/** Reads text that Go's {@code %q} has quoted. */
final class GoQuoted {

    private final String text;
    private final StringBuilder value = new StringBuilder();
    private int position;
    private boolean closed;

    private GoQuoted(String text, int position) {
        this.text = text;
        this.position = position;
    }

    /**
     * Reads the quoted text whose opening quote stands at a position. Never throws: an escape that Go does not know is
     * kept as it is.
     */
    static GoQuoted at(String text, int openingQuote) {
        GoQuoted quoted = new GoQuoted(text, openingQuote + 1);
        quoted.read();
        return quoted;
    }

    /** The text without quotes and escapes. */
    String value() {
        return value.toString();
    }

    /** Position after the closing quote. */
    int end() {
        return position;
    }

    /** False if the text ended before the closing quote. */
    boolean closed() {
        return closed;
    }

    private void read() {
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                closed = true;
                return;
            }
            if (c == '\\' && position < text.length()) {
                escape(text.charAt(position++));
            } else {
                value.append(c);
            }
        }
    }

    private void escape(char kind) {
        switch (kind) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'a' -> value.append('\u0007');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'v' -> value.append('\u000b');
            case '"', '\'', '\\' -> value.append(kind);
            case 'x' -> code(kind, 2);
            case 'u' -> code(kind, 4);
            case 'U' -> code(kind, 8);
            default -> value.append('\\').append(kind);
        }
    }

    private void code(char kind, int digits) {
        int end = position + digits;
        int codePoint = -1;
        if (end <= text.length()) {
            try {
                codePoint = Integer.parseUnsignedInt(text, position, end, 16);
            } catch (NumberFormatException e) {
                // not a code: kept as written
            }
        }
        if (!Character.isValidCodePoint(codePoint)) {
            value.append('\\').append(kind);
            return;
        }
        position = end;
        // Go writes \x80 and above only for bytes that are no UTF-8
        value.appendCodePoint(kind == 'x' && codePoint > 0x7f ? 0xfffd : codePoint);
    }
}
