package io.svidflow.diagnosis;

import java.util.List;
import java.util.Locale;

/** What an error text of SPIRE gives away about the layer that failed. */
final class ErrorText {

    private static final List<String> DATASTORE = List.of("datastore-sql", "datastore-validation");
    private static final List<String> NO_OUTAGE =
            List.of("record not found", "already exists", "deadlock", "duplicate key", "constraint", "similar entry");
    /** The server passes on what its own node attestor says: it was reached. */
    private static final List<String> ANSWERED = List.of("nodeattestor(");

    private static final List<String> UNREACHABLE = List.of(
            "connection refused",
            "no children to pick from",
            "timed out",
            "deadline exceeded",
            "no such host",
            "lookup ",
            "error while dialing",
            "i/o timeout",
            "no route to host",
            "network is unreachable",
            "connection reset");

    private static final List<String> NAME =
            List.of("lookup ", "no such host", "name resolver error", "produced zero addresses");

    private ErrorText() {}

    /** The server could not use its datastore. */
    static boolean datastoreDown(String error) {
        return contains(error, DATASTORE) && !contains(error, NO_OUTAGE);
    }

    /** An error of a call that needs the datastore means more than that one call. */
    static boolean datastoreOutage(String error) {
        return !contains(error, NO_OUTAGE);
    }

    /** The agent could not reach the server, and not because of the server's datastore. */
    static boolean serverUnreachable(String error) {
        return contains(error, UNREACHABLE) && !contains(error, DATASTORE) && !contains(error, ANSWERED);
    }

    /** A host name was not resolved. */
    static boolean nameUnresolved(String error) {
        return contains(error, NAME);
    }

    private static boolean contains(String error, List<String> words) {
        if (error == null) {
            return false;
        }
        String text = error.toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(text::contains);
    }
}
