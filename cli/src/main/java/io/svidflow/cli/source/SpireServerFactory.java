package io.svidflow.cli.source;

import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.HostAndPort;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.spire.poll.AdminEndpoint;
import io.svidflow.producer.spire.poll.AdminIdentity;
import io.svidflow.producer.spire.poll.PemIdentity;
import io.svidflow.producer.spire.poll.PollSettings;
import io.svidflow.producer.spire.poll.SocketEndpoint;
import io.svidflow.producer.spire.poll.SpireEndpoint;
import io.svidflow.producer.spire.poll.SpireServerSource;
import io.svidflow.producer.spire.poll.WorkloadApiIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The API of the SPIRE server: by its socket, or over TCP with the SVID of an admin. */
final class SpireServerFactory implements SourceFactory {

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
    private static final Key<Duration> INTERVAL =
            Key.of(SECTION + "interval", Form.DURATION, "5s", "From one listing to the next, at most 60 s.");

    @Override
    public List<Key<?>> keys() {
        return List.of(SOCKET, ADDRESS, TRUST_DOMAIN, WORKLOAD_API, CERTIFICATE, KEY, BUNDLE, INTERVAL);
    }

    @Override
    public Optional<Function<Surroundings, List<Planned>>> read(Section all) {
        Optional<Path> socket = all.find(SOCKET);
        Optional<HostAndPort> address = all.find(ADDRESS);
        Duration interval = all.get(INTERVAL, Duration.ofSeconds(1));
        Optional<AdminIdentity> identity = address.isEmpty() ? Optional.empty() : identity(all);
        if (socket.isPresent() && address.isPresent()) {
            all.problem(ADDRESS, "is given beside " + SOCKET.path(), "leave one of them out");
        }
        if (socket.isEmpty() && (address.isEmpty() || identity.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(around -> {
            SpireEndpoint endpoint = socket.<SpireEndpoint>map(SocketEndpoint::ofServer)
                    .orElseGet(() -> new AdminEndpoint(
                            address.orElseThrow().host(), address.orElseThrow().port(), identity.orElseThrow()));
            PollSettings settings = PollSettings.ofServer().every(interval);
            SpireServerSource source = new SpireServerSource(endpoint, settings, around.directory(), around.clock());
            AutoCloseable resource = identity.orElse(null) instanceof AutoCloseable closeable ? closeable : () -> {};
            return List.of(
                    new Planned(source, Set.of(Source.of(SourceKind.SPIRE_SERVER)), Set.of(), source::check, resource));
        });
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
