package io.svidflow.producer.tail;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says why a file or folder cannot be read, and what to do. */
final class Unreadable {

    private Unreadable() {}

    /** Whoever is asked to stop while a file is read finds that file closed: nothing is wrong with it. */
    static InterruptedException stopped(ClosedByInterruptException cause) {
        Thread.interrupted();
        InterruptedException stopped = new InterruptedException("asked to stop while a file was read");
        stopped.initCause(cause);
        return stopped;
    }

    static String because(Path path, IOException error) {
        if (error instanceof AccessDeniedException) {
            return path + ": permission denied; run as root, or as a group that may read it";
        }
        if (error instanceof NoSuchFileException || error instanceof NotDirectoryException) {
            return path + ": no such folder; is it mounted into this container?";
        }
        return path + ": " + (error.getMessage() == null ? error.toString() : error.getMessage());
    }
}
