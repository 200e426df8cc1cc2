package io.svidflow.producer.spire.poll;

import io.spiffe.exception.SocketEndpointAddressException;
import io.spiffe.exception.X509SourceException;
import io.spiffe.spiffeid.TrustDomain;
import io.spiffe.workloadapi.DefaultX509Source;
import io.spiffe.workloadapi.X509Source;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An admin's SVID from the Workload API of this node's agent, which renews it. Whoever uses it needs an identity of the
 * very SPIRE that is watched: without one nothing is observed, which is told like any failure. The server's socket needs
 * none.
 */
public final class WorkloadApiIdentity implements AdminIdentity, AutoCloseable {

    /** The library writes a stack trace for each failed attempt; what it says is in the exception, too. */
    private static final Logger LIBRARY = Logger.getLogger("io.spiffe");

    private final TrustDomain trustDomain;
    private final String socket;
    private final Duration patience;
    private X509Source source;

    /**
     * @param trustDomain e.g. {@code example.org}
     * @param socket address of the Workload API, e.g. {@code unix:/run/spire/agent-sockets/spire-agent.sock}
     * @param patience how long the first SVID is waited for
     * @throws io.spiffe.exception.InvalidSpiffeIdException if that is no trust domain
     */
    public WorkloadApiIdentity(String trustDomain, String socket, Duration patience) {
        LIBRARY.setLevel(Level.OFF);
        this.trustDomain = TrustDomain.parse(trustDomain);
        this.socket = socket;
        this.patience = patience;
    }

    @Override
    public TrustDomain trustDomain() {
        return trustDomain;
    }

    @Override
    public synchronized X509Source source() {
        if (source == null) {
            try {
                source = DefaultX509Source.newSource(DefaultX509Source.X509SourceOptions.builder()
                        .spiffeSocketPath(socket)
                        .initTimeout(patience)
                        .build());
            } catch (SocketEndpointAddressException | X509SourceException e) {
                throw new IllegalStateException(
                        "no SVID from the Workload API at " + socket + " within " + patience.toMillis() + " ms: "
                                + e.getMessage()
                                + "; see that the agent runs, that its socket is mounted, and that an entry with"
                                + " admin: true selects this pod",
                        e);
            }
        }
        return source;
    }

    @Override
    public synchronized void close() {
        if (source != null) {
            try {
                source.close();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            } finally {
                source = null;
            }
        }
    }
}
