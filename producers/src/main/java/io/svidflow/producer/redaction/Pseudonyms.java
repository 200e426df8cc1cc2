package io.svidflow.producer.redaction;

import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What names are replaced by. Equal names have equal pseudonyms wherever they stand, so that what belonged together still
 * does; different names have different ones.
 */
final class Pseudonyms {

    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 10;

    private final RedactionKey key;
    private final Vocabulary vocabulary = new Vocabulary();
    private final Map<String, NameKind> kinds = new TreeMap<>();
    private final SortedMap<String, String> originals = new TreeMap<>();

    Pseudonyms(RedactionKey key) {
        this.key = key;
    }

    /** Learns a name. All names are learnt before the first is replaced: their kinds must not depend on the order. */
    void learn(NameKind kind, String name) {
        if (!vocabulary.tellsNothing(name)) {
            kinds.merge(name, kind, (a, b) -> a.compareTo(b) < 0 ? a : b);
        }
    }

    /** The names that were learnt. */
    Map<String, NameKind> names() {
        return Collections.unmodifiableMap(kinds);
    }

    boolean tellsNothing(String name) {
        return vocabulary.tellsNothing(name);
    }

    /** The pseudonym of a name; the name itself where it tells nothing. */
    String of(NameKind kind, String name) {
        if (vocabulary.tellsNothing(name)) {
            return name;
        }
        return note(kinds.getOrDefault(name, kind).prefix() + "-" + hash(name), name);
    }

    /** An address of the same family, in a range that nobody else uses. */
    String address(String address) {
        byte[] hash = key.hash(address);
        if (address.indexOf(':') < 0) {
            return note("10." + (hash[0] & 0xff) + "." + (hash[1] & 0xff) + "." + (hash[2] & 0xff), address);
        }
        StringBuilder text = new StringBuilder("fd00:");
        for (int i = 0; i < 6; i += 2) {
            text.append(':').append(Integer.toHexString(((hash[i] & 0xff) | 0x80) << 8 | hash[i + 1] & 0xff));
        }
        return note(text.toString(), address);
    }

    /** An id that is a hash of names. It goes into no mapping: it means nothing to anybody. */
    String id(String id) {
        return HexFormat.of().formatHex(key.hash(id), 0, 16);
    }

    /** Pseudonym to name, of all that were given out. */
    SortedMap<String, String> originals() {
        return Collections.unmodifiableSortedMap(originals);
    }

    private String note(String pseudonym, String name) {
        String before = originals.put(pseudonym, name);
        if (before != null && !before.equals(name)) {
            throw new IllegalStateException("two names have the pseudonym " + pseudonym + ": capture with another key");
        }
        return pseudonym;
    }

    private String hash(String name) {
        byte[] hash = key.hash(name);
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(DIGITS.charAt(hash[i] & 31));
        }
        return text.toString();
    }
}
