package io.svidflow.cli.run;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process has opened, one on top of the other: closing closes the last first, and all, whatever one of them says. */
public final class Held implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Held.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Remembers it; what is given. */
    public <C extends AutoCloseable> C opened(C closeable) {
        open.push(closeable);
        return closeable;
    }

    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOGGER.atWarn().addKeyValue("error", e.getMessage()).log("something could not be closed");
            }
        }
    }
}
