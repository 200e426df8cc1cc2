package io.svidflow.producer.spire;

import java.util.List;

/** Tells errors of the server's datastore, whatever message they come with, from refusals by a working one. */
final class DatastoreErrors {

    private static final List<String> SIGNS = List.of("datastore-sql:", "datastore-validation:");

    /** The datastore answered: it does not hold what was asked for, or holds it already. */
    private static final List<String> ANSWERS =
            List.of("record not found", "UNIQUE constraint failed", "duplicate key value", "Duplicate entry");

    private DatastoreErrors() {}

    /**
     * @param error error text of a line, null if it has none
     * @return whether the datastore failed
     */
    static boolean isOne(String error) {
        return error != null
                && SIGNS.stream().anyMatch(error::contains)
                && ANSWERS.stream().noneMatch(error::contains);
    }
}
