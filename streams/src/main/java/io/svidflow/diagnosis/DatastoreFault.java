package io.svidflow.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** In which way a datastore fails, by the words of its driver. The remedies differ. A later one is the more telling. */
enum DatastoreFault {
    /** It does not answer in time: its network, a lock, a machine that hangs. */
    TIMEOUT,
    /** Nobody listens, or it hangs up: it is stopped, or starts. */
    REFUSED,
    /** Its name is not resolved. */
    DNS,
    /** It runs, but this database is not there. */
    NO_DATABASE,
    /** A connection pooler before it gives no connection. */
    POOLER,
    /** It is a standby, or writes are refused. */
    FAILOVER,
    /** It does not accept the server's credentials. */
    AUTH,
    /** It gives no further connection. */
    TOO_MANY_CONNECTIONS;

    private static final Map<DatastoreFault, List<String>> WORDS = Map.of(
            TIMEOUT,
                    List.of(
                            "i/o timeout",
                            "deadline exceeded",
                            "timed out",
                            "context canceled",
                            "canceling statement",
                            "no route to host",
                            "closed network connection"),
            REFUSED,
                    List.of("connection refused", "connection reset", "starting up", "shutting down", "unexpected eof"),
            DNS, List.of("lookup ", "no such host", "name resolution"),
            NO_DATABASE, List.of("3d000", "unknown database", "does not exist"),
            POOLER, List.of("query_wait_timeout", "pgbouncer", "no more connections allowed", "server_login_retry"),
            FAILOVER,
                    List.of(
                            "during recovery",
                            "recovery mode",
                            "read-only",
                            "read only",
                            "25006",
                            "not accepting conn"),
            TOO_MANY_CONNECTIONS,
                    List.of("too many connections", "too many clients", "remaining connection slots", "53300"),
            AUTH,
                    List.of(
                            "password authentication",
                            "28p01",
                            "28000",
                            "role \"",
                            "access denied for user",
                            "no pg_hba.conf entry"));

    private static final List<String> WRITES =
            List.of("in a read-only transaction", "25006", "--read-only", "--super-read-only", "read only mode");

    /** The fault that the text speaks of, if it says. */
    static Optional<DatastoreFault> of(String error) {
        String text = error == null ? "" : error.toLowerCase(Locale.ROOT);
        DatastoreFault found = null;
        for (DatastoreFault fault : values()) {
            found = WORDS.get(fault).stream().anyMatch(text::contains) ? fault : found;
        }
        return Optional.ofNullable(found);
    }

    /** A write was refused by a datastore that answers. */
    static boolean refusesWrites(String error) {
        String text = error == null ? "" : error.toLowerCase(Locale.ROOT);
        return WRITES.stream().anyMatch(text::contains);
    }

    /** The more telling of the two kinds, either of which may be null. */
    static String better(String kind, String error) {
        DatastoreFault known = kind == null ? null : valueOf(kind);
        DatastoreFault said = of(error).orElse(known);
        return known == null || (said != null && said.compareTo(known) > 0) ? nameOf(said) : kind;
    }

    private static String nameOf(DatastoreFault fault) {
        return fault == null ? null : fault.name();
    }
}
