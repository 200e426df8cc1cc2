package io.svidflow.resync.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When an actor last looked for commands, and what keeps it from looking. For every thread. */
public final class Pulse {

    private Instant last;
    private String trouble = "it has not joined the other actors of its cluster yet";

    /** @param start when the process began */
    public Pulse(Instant start) {
        this.last = start;
    }

    synchronized void beats(Instant at) {
        last = at;
        trouble = null;
    }

    synchronized void fails(String why) {
        trouble = why;
    }

    /** How long ago it last looked for commands. */
    public synchronized Duration silence(Instant now) {
        return Duration.between(last, now);
    }

    /** Why commands are not carried out now, in words; empty: nothing is in the way. */
    public synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }
}
