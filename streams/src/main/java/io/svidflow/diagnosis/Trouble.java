package io.svidflow.diagnosis;

/** What a server's log may complain about while server and datastore answer. */
public enum Trouble {
    /** It cannot sign SVIDs. */
    SIGNING,
    /** It cannot make or fetch its next CA certificate, or its own SVID. */
    ROTATION,
    /** Transactions of the datastore get into each other's way. */
    CONTENTION,
    /** The datastore answers reads and refuses writes. */
    WRITES,
    /** The datastore fails calls of one kind, of whose tables somebody holds a lock, say, and answers others. */
    SOME_CALLS,
    /** It is reading all entries into its cache. */
    CACHE_BUILD,
    /** Calls of one address are more than the server takes from it. */
    RATE_LIMIT
}
