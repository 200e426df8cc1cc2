package io.svidflow.producer.podlog;

import java.time.Instant;

/**
 * How far the log of a container has been read. The API takes times in seconds, so that a second is read again, and lines
 * are told by the time that the runtime gave them and how many had that time before.
 *
 * @param restarts how often the container had been started again
 * @param last time of the last line, null before the first
 * @param equals how many lines of that time have been read
 */
record Cursor(int restarts, Instant last, int equals) {

    static Cursor before(int restarts) {
        return new Cursor(restarts, null, 0);
    }

    static Cursor resumed(String mark) {
        String[] fields = mark.split(" ");
        if (fields.length != 3) {
            throw new IllegalArgumentException("\"" + mark + "\" is no position in the log of a container");
        }
        return new Cursor(
                Integer.parseInt(fields[0]),
                fields[1].equals("-") ? null : Instant.parse(fields[1]),
                Integer.parseInt(fields[2]));
    }

    String mark() {
        return restarts + " " + (last == null ? "-" : last) + " " + equals;
    }

    Cursor behind(Instant at) {
        return new Cursor(restarts, at, at.equals(last) ? equals + 1 : 1);
    }

    Cursor started(int newRestarts) {
        return before(newRestarts);
    }
}
