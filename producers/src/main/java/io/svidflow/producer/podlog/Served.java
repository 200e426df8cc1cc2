package io.svidflow.producer.podlog;

import java.time.Instant;

/** What came of following a container, in order. */
sealed interface Served {

    /** The container that it is about. */
    ContainerRef ref();

    /**
     * A line.
     *
     * @param text the line, with the time that the runtime gave it before it
     * @param behind position behind the line
     */
    record Line(ContainerRef ref, String text, Cursor behind) implements Served {}

    /**
     * Lines may be missing before the next one.
     *
     * @param next time of the next line
     */
    record Missing(ContainerRef ref, Instant next, String why) implements Served {}

    /** Something was served that is no line with a time. */
    record Unreadable(ContainerRef ref, String text) implements Served {}

    /** The container was started again. */
    record Restarted(ContainerRef ref, Cursor from) implements Served {}

    /** The log could not be read, and will be tried again. */
    record Failed(ContainerRef ref, String error) implements Served {}
}
