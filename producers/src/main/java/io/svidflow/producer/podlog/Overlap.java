package io.svidflow.producer.podlog;

import java.time.Instant;

/** Tells the lines that are served again after a break from those that are new, and whether lines are missing between. */
final class Overlap {

    /** What a line is. */
    enum Line {
        /** Read before. */
        KNOWN,
        /** Not read before, and the line before it was. */
        NEW,
        /** Not read before, and lines before it may be missing: the last one that was read was not served again. */
        NEW_AFTER_A_GAP
    }

    private final Cursor from;
    private int seen;
    private boolean passed;

    /** @param from how far the log had been read when it broke off */
    Overlap(Cursor from) {
        this.from = from;
        this.passed = from.last() == null;
    }

    /** What a line of that time, the next one served, is. */
    Line next(Instant at) {
        if (passed) {
            return Line.NEW;
        }
        if (at.isBefore(from.last())) {
            return Line.KNOWN;
        }
        if (at.equals(from.last()) && seen < from.equals()) {
            seen++;
            passed = seen == from.equals();
            return Line.KNOWN;
        }
        passed = true;
        return seen == 0 ? Line.NEW_AFTER_A_GAP : Line.NEW;
    }
}
