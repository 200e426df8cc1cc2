package io.svidflow.diagnosis;

import java.util.List;
import java.util.Locale;

/** What an error text of SPIRE gives away about the layer that failed. */
final class ErrorText {

    private static final List<String> DATASTORE = List.of("datastore-sql", "datastore-validation");
    private static final List<String> NO_OUTAGE =
            List.of("record not found", "already exists", "duplicate key", "constraint", "similar entry");
    /** The server passes on what its own node attestor says: it was reached. */
    private static final List<String> ANSWERED = List.of("nodeattestor(");

    private static final List<String> CONTENTION = List.of(
            "deadlock",
            "error 1213",
            "error 1205",
            "lock wait timeout",
            "could not serialize access",
            "40001",
            "40p01",
            "database is locked");
    private static final List<String> UNKNOWN_AUTHORITY = List.of(
            "certificate signed by unknown authority",
            "no x.509 bundle found for trust domain",
            "trust bundle and server",
            "trust bandle and server");
    /** Certificates that are not the server's: of the kubelet, the Kubernetes API, the database, an upstream authority. */
    private static final List<String> OTHER_PEERS = List.of(
            "10250",
            "kubelet",
            "workloadattestor",
            "nodeattestor",
            "tokenreview",
            "upstreamauthority",
            "datastore-sql",
            "datastore-validation");

    private static final List<String> EXPIRED = List.of("certificate has expired");
    private static final List<String> TOO_LARGE =
            List.of("received message larger than max", "trying to send message larger than max");
    private static final List<String> LIMITED = List.of("rate limit", "exceeds burst size", "code = resourceexhausted");
    private static final List<String> CA = List.of(
            "ca is not available for signing",
            "already expired as of",
            "failed to sign x509-svid",
            "failed to sign x.509");
    private static final List<String> HANDSHAKE =
            List.of("remote error: tls: bad certificate", "remote error: tls: internal error");
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

    /** The codes with which a server says that it could not do what it was asked; it was reached. */
    private static final List<String> FAILED_THERE =
            List.of("code = internal", "code = unknown", "code = deadlineexceeded", "code = resourceexhausted");
    /** A call that nobody answered in time: it may hang in the network, in the server, or in its datastore. */
    private static final List<String> HANGS = List.of("timed out", "deadline exceeded", "i/o timeout");

    private static final List<String> NAME =
            List.of("lookup ", "no such host", "name resolver error", "produced zero addresses");

    private ErrorText() {}

    /** The server could not use its datastore. */
    static boolean datastoreDown(String error) {
        return contains(error, DATASTORE) && !contains(error, NO_OUTAGE) && !contains(error, CONTENTION);
    }

    /** Transactions of the datastore got into each other's way. */
    static boolean contention(String error) {
        return contains(error, CONTENTION) && !contains(error, List.of("duplicate key"));
    }

    /** The agent does not trust the certificate of the server. */
    static boolean unknownAuthority(String error) {
        return contains(error, UNKNOWN_AUTHORITY) && !contains(error, OTHER_PEERS);
    }

    /** The certificate of the server has expired, as the agent sees it. */
    static boolean serverExpired(String error) {
        return contains(error, EXPIRED) && !contains(error, OTHER_PEERS);
    }

    /** The answer does not fit into a message. */
    static boolean tooLarge(String error) {
        return contains(error, TOO_LARGE);
    }

    /** The server takes no more calls of this kind from the agent's address. */
    static boolean rateLimited(String error) {
        return contains(error, LIMITED) && !tooLarge(error);
    }

    /** The server's CA cannot sign. */
    static boolean caCannotSign(String error) {
        return contains(error, CA);
    }

    /** The server broke off the handshake, as one without its datastore does. */
    static boolean handshakeRefused(String error) {
        return contains(error, HANDSHAKE);
    }

    /** Trying again does not mend it: the next attempt of a back-off will fail alike. */
    static boolean persists(String error) {
        return unknownAuthority(error) || serverExpired(error) || tooLarge(error);
    }

    /** An error of a call that needs the datastore means more than that one call. */
    static boolean datastoreOutage(String error) {
        return !contains(error, NO_OUTAGE) && !contains(error, CONTENTION);
    }

    /** The agent could not reach the server, and not because of the server's datastore. */
    static boolean serverUnreachable(String error) {
        return contains(error, UNREACHABLE) && !contains(error, DATASTORE) && !contains(error, ANSWERED);
    }

    /** There is no socket where the server's should be: a server that ends in order takes it away. */
    static boolean socketGone(String error) {
        return contains(error, List.of("no such file or directory"));
    }

    /** The server was asked and failed, for a reason that it knows better than whoever asked. */
    static boolean serverAnswered(String error) {
        return contains(error, FAILED_THERE);
    }

    /** Nobody refused the call: it was taken, and no answer came. */
    static boolean hangs(String error) {
        return contains(error, HANGS) && !contains(error, List.of("error while dialing", "dial tcp"));
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
