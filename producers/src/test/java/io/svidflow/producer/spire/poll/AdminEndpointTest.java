package io.svidflow.producer.spire.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.svidflow.producer.spire.api.Agent;
import io.svidflow.producer.spire.poll.TestAuthority.Svid;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminEndpointTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    static Path directory;

    private TestAuthority authority;
    private Svid server;
    private Svid admin;
    private final List<String> callers = new CopyOnWriteArrayList<>();

    @BeforeAll
    void sign() throws Exception {
        authority = new TestAuthority(directory.resolve("lab"));
        server = authority.svid("server", "spiffe://lab.example/spire/server");
        admin = authority.svid("admin", "spiffe://lab.example/svidflow");
    }

    @Test
    void shouldCallWithTheSvidInTheFilesAndWithARenewedOneFromTheNextConnectionOn() throws Exception {
        Path certificate = Files.copy(admin.certificate(), directory.resolve("svid.pem"));
        Path key = Files.copy(admin.key(), directory.resolve("svid.key.pem"));
        PemIdentity identity = new PemIdentity("lab.example", certificate, key, authority.bundle());
        Svid renewed = authority.svid("renewed", "spiffe://lab.example/svidflow/renewed");
        int port = freePort();

        try (SpireConnection connection =
                new SpireConnection(new AdminEndpoint("127.0.0.1", port, identity), TIMEOUT)) {
            FakeSpire spire = serve(server, port);
            assertThat(agents(connection)).containsExactly(Samples.agent(1));
            spire.close();
            Files.copy(renewed.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(renewed.key(), key, StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> agents(connection)).isInstanceOf(CallFailedException.class);
            spire = serve(server, port);
            assertThat(agents(connection)).containsExactly(Samples.agent(1));
            spire.close();
        }
        assertThat(callers)
                .containsSubsequence("spiffe://lab.example/svidflow", "spiffe://lab.example/svidflow/renewed");
    }

    @Test
    void shouldNotTrustAServerThatIsSomebodyElse() throws Exception {
        int port = freePort();
        Svid workload = authority.svid("workload", "spiffe://lab.example/ns/shop/sa/cart");
        FakeSpire spire = serve(workload, port);
        try (SpireConnection connection =
                new SpireConnection(new AdminEndpoint("127.0.0.1", port, identity()), TIMEOUT)) {
            assertThatThrownBy(() -> agents(connection))
                    .hasMessageContaining("code = Unavailable")
                    .hasMessageContaining("spiffe://lab.example/ns/shop/sa/cart");
        } finally {
            spire.close();
        }
    }

    @Test
    void shouldNotTrustAServerOfAnotherAuthority() throws Exception {
        int port = freePort();
        Svid stranger =
                new TestAuthority(directory.resolve("other")).svid("server", "spiffe://lab.example/spire/server");
        FakeSpire spire = serve(stranger, port);
        try (SpireConnection connection =
                new SpireConnection(new AdminEndpoint("127.0.0.1", port, identity()), TIMEOUT)) {
            assertThatThrownBy(() -> agents(connection))
                    .hasMessageContaining("code = Unavailable")
                    .hasMessageContaining("Cert chain cannot be verified");
        } finally {
            spire.close();
        }
    }

    @Test
    void shouldSayWhichFileIsMissing() throws Exception {
        PemIdentity absent =
                new PemIdentity("lab.example", directory.resolve("none.pem"), admin.key(), authority.bundle());
        AdminEndpoint endpoint = new AdminEndpoint("127.0.0.1", 8081, absent);

        assertThat(endpoint.obstacles())
                .singleElement()
                .asString()
                .startsWith("no SVID in " + directory.resolve("none.pem"))
                .contains("see that spiffe-helper runs")
                .doesNotContain("PRIVATE");
        try (SpireConnection connection = new SpireConnection(endpoint, TIMEOUT)) {
            assertThatThrownBy(() -> agents(connection)).hasMessageStartingWith("no SVID in ");
        }
        assertThat(endpoint.caller()).isEqualTo("the admin's SVID");
        assertThat(new AdminEndpoint("127.0.0.1", 8081, identity()).caller())
                .isEqualTo("spiffe://lab.example/svidflow");
    }

    @Test
    void shouldSayThatTheWorkloadApiGivesNoSvid() {
        try (WorkloadApiIdentity identity = new WorkloadApiIdentity(
                "lab.example", "unix:" + directory.resolve("agent.sock"), Duration.ofMillis(300))) {
            assertThat(new AdminEndpoint("127.0.0.1", 8081, identity).obstacles())
                    .singleElement()
                    .asString()
                    .startsWith("no SVID from the Workload API at unix:" + directory.resolve("agent.sock"))
                    .contains("an entry with admin: true");
        }
    }

    private PemIdentity identity() throws Exception {
        return new PemIdentity("lab.example", admin.certificate(), admin.key(), authority.bundle());
    }

    private FakeSpire serve(Svid svid, int port) throws Exception {
        FakeSpire spire = new FakeSpire();
        spire.agents.add(Samples.agent(1));
        return spire.serve(
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port))
                        .intercept(new Callers())
                        .sslContext(GrpcSslContexts.forServer(
                                        svid.certificate().toFile(), svid.key().toFile())
                                .trustManager(authority.bundle().toFile())
                                .clientAuth(ClientAuth.REQUIRE)
                                .build()));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static List<Agent> agents(SpireConnection connection) throws Exception {
        return connection
                .call(
                        "ListAgents",
                        (channel, deadline) -> ListedKind.agents().lists().page(channel, deadline, 10, ""))
                .answer()
                .items();
    }

    /** Notes who calls. */
    private final class Callers implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            try {
                X509Certificate caller = (X509Certificate) call.getAttributes()
                        .get(Grpc.TRANSPORT_ATTR_SSL_SESSION)
                        .getPeerCertificates()[0];
                callers.add((String)
                        caller.getSubjectAlternativeNames().iterator().next().get(1));
            } catch (Exception e) {
                callers.add(e.toString());
            }
            return next.startCall(call, headers);
        }
    }
}
