package io.svidflow.producer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts equal events. Equal events are neighbours: there is no need to remember more than the last few. */
final class Ordinals {

    private static final int REMEMBERED = 4096;

    /** What the next process needs to know: the events whose equals may still come, and not more than fits a record. */
    private static final int HANDED_ON = 256;

    /** Logs with times in whole seconds write the same line several times with the same time. */
    private static final Duration NEIGHBOURS = Duration.ofSeconds(2);

    /** Enough of a hash to tell a few thousand events apart. */
    private static final int KEY_LENGTH = 16;

    private record Count(int seen, Instant at) {}

    private final Map<String, Count> counts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > REMEMBERED;
        }
    };

    private Instant newest = Instant.MIN;

    /**
     * @param equal hash of the event, the same for all its equals
     * @param at time of the event
     * @return number of equals before this one
     */
    int next(String equal, Instant at) {
        String key = equal.substring(0, KEY_LENGTH);
        Count before = counts.get(key);
        int ordinal = before == null ? 0 : before.seen();
        counts.put(key, new Count(ordinal + 1, at));
        newest = at.isAfter(newest) ? at : newest;
        return ordinal;
    }

    String text() {
        List<String> recent = new ArrayList<>();
        counts.forEach((key, count) -> {
            if (!count.at().plus(NEIGHBOURS).isBefore(newest)) {
                recent.add(key + ":" + count.seen() + ":" + count.at().toEpochMilli());
            }
        });
        return String.join(",", recent.subList(Math.max(0, recent.size() - HANDED_ON), recent.size()));
    }

    void resume(String text) {
        if (text.isBlank()) {
            return;
        }
        for (String one : text.split(",")) {
            String[] parts = one.split(":");
            if (parts.length != 3 || parts[0].length() != KEY_LENGTH) {
                throw new IllegalArgumentException("\"" + one + "\" is no ordinal of an event");
            }
            Instant at = Instant.ofEpochMilli(Long.parseLong(parts[2]));
            counts.put(parts[0], new Count(Integer.parseInt(parts[1]), at));
            newest = at.isAfter(newest) ? at : newest;
        }
    }
}
