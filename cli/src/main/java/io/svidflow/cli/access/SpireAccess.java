package io.svidflow.cli.access;

import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.HostAndPort;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.producer.spire.poll.AdminEndpoint;
import io.svidflow.producer.spire.poll.AdminIdentity;
import io.svidflow.producer.spire.poll.PemIdentity;
import io.svidflow.producer.spire.poll.SocketEndpoint;
import io.svidflow.producer.spire.poll.SpireEndpoint;
import io.svidflow.producer.spire.poll.WorkloadApiIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the API of the SPIRE server is reached: by its socket, or over TCP with the SVID of an admin.
 *
 * @param endpoint where it answers
 * @param resource closed when it is not needed any more
 * @param byAgent whether it is called with an SVID that an agent has to give first
 */
public record SpireAccess(SpireEndpoint endpoint, AutoCloseable resource, boolean byAgent) {

    private static final String SECTION = "sources.spire-server.";
    private static final Duration FIRST_SVID = Duration.ofSeconds(5);
    private static final Key<Path> SOCKET = Key.optional(
            SECTION + "socket",
            Form.PATH,
            "/run/spire/server/private/api.sock",
            "Socket of a server in the same pod or on the same host, which needs no SVID. This or address makes the server"
                    + " be asked.");
    private static final Key<HostAndPort> ADDRESS = Key.optional(
            SECTION + "address",
            Form.HOST_AND_PORT,
            "spire-server.spire:8081",
            "Address of the server, which is called with an admin's SVID: of the Workload API or of files.");
    private static final Key<String> TRUST_DOMAIN =
            Key.optional(SECTION + "trust-domain", Form.TEXT, "example.org", "Trust domain; needed with address.");
    private static final Key<String> WORKLOAD_API = Key.optional(
            SECTION + "workload-api",
            Form.TEXT,
            "unix:/run/spire/agent-sockets/spire-agent.sock",
            "Where the admin's SVID comes from. Blind when that agent has none to give: prefer files or the socket.");
    private static final Key<Path> CERTIFICATE = Key.optional(
            SECTION + "certificate", Form.PATH, "/etc/svidflow/svid.pem", "The admin's SVID, read at each connection.");
    private static final Key<Path> KEY =
            Key.optional(SECTION + "key", Form.PATH, "/etc/svidflow/svid-key.pem", "The SVID's private key, PKCS #8.");
    private static final Key<Path> BUNDLE =
            Key.optional(SECTION + "bundle", Form.PATH, "/etc/svidflow/bundle.pem", "Authorities of the trust domain.");

    /** Keys that are read here. */
    public static List<Key<?>> keys() {
        return List.of(SOCKET, ADDRESS, TRUST_DOMAIN, WORKLOAD_API, CERTIFICATE, KEY, BUNDLE);
    }

    /** Reads them, and notes what is wrong; empty: nothing is said of a server, or nothing that could be used. */
    public static Optional<SpireAccess> read(Section all) {
        Optional<Path> socket = all.find(SOCKET);
        Optional<HostAndPort> address = all.find(ADDRESS);
        Optional<AdminIdentity> identity = address.isEmpty() ? Optional.empty() : identity(all);
        if (socket.isPresent() && address.isPresent()) {
            all.problem(ADDRESS, "is given beside " + SOCKET.path(), "leave one of them out");
        }
        if (socket.isPresent()) {
            return Optional.of(new SpireAccess(SocketEndpoint.ofServer(socket.get()), () -> {}, false));
        }
        return address.flatMap(where -> identity.map(who -> new SpireAccess(
                new AdminEndpoint(where.host(), where.port(), who),
                who instanceof AutoCloseable closeable ? closeable : () -> {},
                who instanceof WorkloadApiIdentity)));
    }

    private static Optional<AdminIdentity> identity(Section all) {
        Optional<String> domain = all.find(TRUST_DOMAIN);
        Optional<String> workloadApi = all.find(WORKLOAD_API);
        Optional<Path> certificate = all.find(CERTIFICATE);
        Optional<Path> key = all.find(KEY);
        Optional<Path> bundle = all.find(BUNDLE);
        boolean files = certificate.isPresent() && key.isPresent() && bundle.isPresent();
        if (domain.isEmpty()) {
            all.problem(TRUST_DOMAIN, "is not set", "set it beside " + ADDRESS.path() + ", e.g. to example.org");
            return Optional.empty();
        }
        if (workloadApi.isEmpty() && !files) {
            all.problem(
                    ADDRESS,
                    "needs an admin's SVID",
                    "set " + WORKLOAD_API.path() + ", or certificate, key and bundle");
            return Optional.empty();
        }
        try {
            return Optional.of(
                    workloadApi.isPresent()
                            ? new WorkloadApiIdentity(domain.get(), workloadApi.get(), FIRST_SVID)
                            : new PemIdentity(
                                    domain.get(), certificate.orElseThrow(), key.orElseThrow(), bundle.orElseThrow()));
        } catch (RuntimeException e) {
            all.problem(TRUST_DOMAIN, "is \"" + domain.get() + "\"", "write e.g. example.org: " + e.getMessage());
            return Optional.empty();
        }
    }
}
