package io.svidflow.producer.redaction;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds known names within a text, the longest first, where they begin and end as a word does. A name is looked up by its
 * first word and its length, so that a text costs no more with fifty thousand names than with ten.
 */
final class KnownNames {

    private final Map<String, TreeSet<Integer>> lengths = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    KnownNames(Collection<String> names) {
        for (String name : names) {
            this.names.add(name);
            lengths.computeIfAbsent(
                            name.substring(0, wordEnd(name, 0)), word -> new TreeSet<>(Comparator.reverseOrder()))
                    .add(name.length());
        }
    }

    /** Length of the longest known name that begins there; 0 if none does. */
    int at(String text, int from) {
        if (from > 0 && ofWord(text.charAt(from - 1)) && ofWord(text.charAt(from))) {
            return 0;
        }
        TreeSet<Integer> candidates = lengths.get(text.substring(from, wordEnd(text, from)));
        if (candidates == null) {
            return 0;
        }
        for (int length : candidates) {
            int end = from + length;
            boolean ends = end == text.length()
                    || end < text.length() && !(ofWord(text.charAt(end)) && ofWord(text.charAt(end - 1)));
            if (ends && names.contains(text.substring(from, end))) {
                return length;
            }
        }
        return 0;
    }

    /** Where the next word may begin. */
    static int wordEnd(String text, int from) {
        int end = from;
        while (end < text.length() && ofWord(text.charAt(end))) {
            end++;
        }
        return end == from ? from + 1 : end;
    }

    private static boolean ofWord(char c) {
        return Character.isLetterOrDigit(c);
    }
}
