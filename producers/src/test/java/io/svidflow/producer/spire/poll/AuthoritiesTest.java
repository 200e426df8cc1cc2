package io.svidflow.producer.spire.poll;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.svidflow.event.AuthorityKind;
import io.svidflow.event.AuthorityObserved;
import io.svidflow.event.AuthorityUse;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.RecordingOutlets;
import io.svidflow.producer.spire.api.JWTKey;
import io.svidflow.producer.spire.api.X509Certificate;
import io.svidflow.producer.spire.api.localauthority.AuthorityState;
import io.svidflow.producer.spire.api.localauthority.GetJWTAuthorityStateRequest;
import io.svidflow.producer.spire.api.localauthority.GetJWTAuthorityStateResponse;
import io.svidflow.producer.spire.api.localauthority.GetX509AuthorityStateRequest;
import io.svidflow.producer.spire.api.localauthority.GetX509AuthorityStateResponse;
import io.svidflow.producer.spire.api.localauthority.LocalAuthorityGrpc;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthoritiesTest {

    private static final Source SERVER = Source.of(SourceKind.SPIRE_SERVER);
    /** The authority of the tests is valid for two days. */
    private static final Duration NOW = Duration.ZERO;

    private static final Duration IN_THREE_DAYS = Duration.ofDays(3);

    @TempDir
    private Path folder;

    private final RecordingOutlets outlets = new RecordingOutlets("lab");
    private FakeSpire spire = new FakeSpire();
    private SpireConnection connection;
    private Authorities authorities;
    private volatile Duration passed = Duration.ZERO;

    @AfterEach
    void end() {
        if (connection != null) {
            connection.close();
        }
        spire.close();
    }

    @Test
    void shouldTellOnceWhatIsTrustedAndNothingBadOfAnAuthorityThatIsValid() throws Exception {
        spire.authorities.add(new TestAuthority(folder).der());

        look(NOW);
        look(NOW);

        assertThat(spire.calls).contains("GetBundle");
        assertThat(outlets.of(SERVER).facts())
                .as("nor anything of an API that the server does not have")
                .singleElement();
        AuthorityObserved authority = authorities().get(0);
        assertThat(authority.getKind()).isEqualTo(AuthorityKind.X509);
        assertThat(authority.getUse()).isEqualTo(AuthorityUse.TRUSTED);
        assertThat(authority.getTainted()).isFalse();
        assertThat(authority.getExpiresAt()).isAfter(Instant.now());
        assertThat(authority.getAuthorityId()).matches("[0-9a-f]{40}");
    }

    @Test
    void shouldTellHowAnAuthorityIsPreparedRotatedTaintedAndRevoked() throws Exception {
        byte[] certificate = new TestAuthority(folder).der();
        String trusted = id(certificate);
        Instant expiry = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 86_400);
        WithOwnAuthorities server = new WithOwnAuthorities();
        spire = server;
        spire.authorities.add(certificate);
        server.active = state(trusted, expiry);
        look(NOW);
        assertThat(told()).containsExactly(trusted + " ACTIVE");

        server.prepared = state("b", expiry);
        look(NOW);
        assertThat(told()).endsWith("b PREPARED");

        server.active = state("b", expiry);
        server.prepared = AuthorityState.getDefaultInstance();
        server.old = state(trusted, expiry);
        look(NOW);
        assertThat(told()).hasSize(4).contains(trusted + " OLD", "b ACTIVE");

        spire.tainted = true;
        look(NOW);
        assertThat(told()).endsWith(trusted + " OLD tainted");

        spire.authorities.clear();
        look(NOW);
        assertThat(told())
                .as("a server goes on to remember what was revoked")
                .endsWith(trusted + " GONE tainted")
                .hasSize(6);
        look(NOW);
        assertThat(told()).as("no news").hasSize(6);
    }

    @Test
    void shouldNotCallAnAuthorityRevokedBecauseOnlyWhatSignedItIsInTheBundle() throws Exception {
        WithOwnAuthorities server = new WithOwnAuthorities();
        spire = server;
        spire.authorities.add(new TestAuthority(folder).der());
        Instant expiry = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 86_400);
        server.old = state("o", expiry).toBuilder()
                .setUpstreamAuthoritySubjectKeyId("u")
                .build();

        look(NOW);

        assertThat(told()).contains("o OLD").hasSize(2);
    }

    @Test
    void shouldTellOfTheAuthoritiesOfJwts() throws Exception {
        WithOwnAuthorities server = new WithOwnAuthorities();
        spire = server;
        Instant expiry = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 3_600);
        spire.jwtKeys.add(key("k1", expiry));
        spire.jwtKeys.add(key("k2", expiry).toBuilder().setTainted(true).build());
        server.jwtActive = state("k1", expiry);

        look(NOW);

        assertThat(told()).containsExactlyInAnyOrder("k1 ACTIVE", "k2 TRUSTED tainted");
        assertThat(authorities())
                .allSatisfy(authority -> assertThat(authority.getKind()).isEqualTo(AuthorityKind.JWT))
                .allSatisfy(authority -> assertThat(authority.getExpiresAt()).isEqualTo(expiry));
    }

    @Test
    void shouldNotTakeWhatCouldNotBeAskedForAsGone() throws Exception {
        byte[] certificate = new TestAuthority(folder).der();
        spire.authorities.add(certificate);
        look(NOW);
        spire.refused = "GetBundle";
        look(NOW);
        spire.refused = "";
        look(NOW);

        assertThat(authorities()).hasSize(1);
    }

    @Test
    void shouldTellThatAllAuthoritiesHaveExpired() throws Exception {
        spire.authorities.add(new TestAuthority(folder).der());

        look(IN_THREE_DAYS);

        assertThat(signals()).singleElement().satisfies(signal -> {
            assertThat(signal.getKind()).isEqualTo(ServerSignalKind.CA_ROTATION_FAILED);
            assertThat(signal.getError())
                    .startsWith("every X.509 authority in the bundle has expired, the last one at");
            assertThat(signal.getMethod()).isEqualTo("GetBundle");
        });
    }

    @Test
    void shouldNotJudgeABundleThatItCannotReadInFull() throws Exception {
        spire.authorities.add(new TestAuthority(folder).der());
        spire.authorities.add(new byte[] {1, 2, 3});

        look(IN_THREE_DAYS);

        assertThat(signals()).isEmpty();
        assertThat(outlets.of(SERVER).deadLetters()).singleElement().asString().contains("is no certificate");
    }

    @Test
    void shouldTellThatTheServersOwnAuthorityHasExpired() throws Exception {
        Instant expiry = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        WithOwnAuthorities server = new WithOwnAuthorities();
        server.active = state("a", expiry);
        spire = server;

        look(IN_THREE_DAYS);

        assertThat(signals()).singleElement().satisfies(signal -> assertThat(signal.getError())
                .isEqualTo("the X.509 authority by which the server signs has expired at " + expiry));
    }

    @Test
    void shouldTellThatTheBundleCannotBeHad() throws Exception {
        spire = new FakeSpire() {
            @Override
            void before(String call) {
                throw Status.INTERNAL.withDescription("datastore-sql: gone").asRuntimeException();
            }
        };

        look(NOW);

        assertThat(bodies(SourceFailure.class)).singleElement().satisfies(failure -> {
            assertThat(failure.getOperation()).isEqualTo("GetBundle");
            assertThat(failure.getError()).contains("datastore-sql: gone");
        });
    }

    private void look(Duration later) throws InterruptedException {
        if (authorities == null) {
            spire.start();
            Clock clock = Clock.offset(new Ticks(), later).withZone(ZoneOffset.UTC);
            Voice voice = new Voice(outlets.of(SERVER), "here", clock);
            connection = new SpireConnection(spire.endpoint(), Duration.ofSeconds(8));
            authorities = new Authorities(connection, voice);
        }
        passed = passed.plusSeconds(15);
        authorities.once();
        authorities.once(); // it is not time yet
    }

    private List<ServerSignal> signals() {
        return bodies(ServerSignal.class);
    }

    private List<AuthorityObserved> authorities() {
        return bodies(AuthorityObserved.class);
    }

    /** In the order in which it was told. */
    private List<String> told() {
        return authorities().stream()
                .map(one -> one.getAuthorityId() + " " + one.getUse() + (one.getTainted() ? " tainted" : ""))
                .toList();
    }

    private <T> List<T> bodies(Class<T> type) {
        return outlets.of(SERVER).facts().stream()
                .map(fact -> ((ServerEvent) fact.value()).getBody())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static AuthorityState state(String id, Instant expiry) {
        return AuthorityState.newBuilder()
                .setAuthorityId(id)
                .setExpiresAt(expiry.getEpochSecond())
                .build();
    }

    private static JWTKey key(String id, Instant expiry) {
        return JWTKey.newBuilder()
                .setKeyId(id)
                .setExpiresAt(expiry.getEpochSecond())
                .build();
    }

    private static String id(byte[] certificate) throws Exception {
        AuthorityPage page = new AuthorityPage();
        page.trusted(X509Certificate.newBuilder()
                .setAsn1(ByteString.copyFrom(certificate))
                .build());
        return page.authorities().iterator().next().getAuthorityId();
    }

    private final class Ticks extends Clock {
        private final Instant start = Instant.now();

        @Override
        public Instant instant() {
            return start.plus(passed);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** A server that tells of its own authorities. */
    private static final class WithOwnAuthorities extends FakeSpire {
        private volatile AuthorityState active = AuthorityState.getDefaultInstance();
        private volatile AuthorityState prepared = AuthorityState.getDefaultInstance();
        private volatile AuthorityState old = AuthorityState.getDefaultInstance();
        private volatile AuthorityState jwtActive = AuthorityState.getDefaultInstance();

        @Override
        List<BindableService> services() {
            List<BindableService> services = new ArrayList<>(super.services());
            services.add(new LocalAuthorityGrpc.LocalAuthorityImplBase() {
                @Override
                public void getX509AuthorityState(
                        GetX509AuthorityStateRequest request, StreamObserver<GetX509AuthorityStateResponse> to) {
                    to.onNext(GetX509AuthorityStateResponse.newBuilder()
                            .setActive(active)
                            .setPrepared(prepared)
                            .setOld(old)
                            .build());
                    to.onCompleted();
                }

                @Override
                public void getJWTAuthorityState(
                        GetJWTAuthorityStateRequest request, StreamObserver<GetJWTAuthorityStateResponse> to) {
                    to.onNext(GetJWTAuthorityStateResponse.newBuilder()
                            .setActive(jwtActive)
                            .build());
                    to.onCompleted();
                }
            });
            return services;
        }
    }
}
