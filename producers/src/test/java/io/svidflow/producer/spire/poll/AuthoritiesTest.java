package io.svidflow.producer.spire.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.BindableService;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.RecordingOutlets;
import io.svidflow.producer.spire.api.localauthority.AuthorityState;
import io.svidflow.producer.spire.api.localauthority.GetX509AuthorityStateRequest;
import io.svidflow.producer.spire.api.localauthority.GetX509AuthorityStateResponse;
import io.svidflow.producer.spire.api.localauthority.LocalAuthorityGrpc;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

    @AfterEach
    void end() {
        spire.close();
    }

    @Test
    void shouldTellNothingOfAnAuthorityThatIsValid() throws Exception {
        spire.authorities.add(new TestAuthority(folder).der());

        look(NOW);

        assertThat(spire.calls).contains("GetBundle");
        assertThat(outlets.of(SERVER).facts())
                .as("nor of an API that the server does not have")
                .isEmpty();
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

        assertThat(outlets.of(SERVER).facts()).isEmpty();
        assertThat(outlets.of(SERVER).deadLetters()).singleElement().asString().contains("is no certificate");
    }

    @Test
    void shouldTellThatTheServersOwnAuthorityHasExpired() throws Exception {
        Instant expiry = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        spire = new WithOwnAuthority(expiry);

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
        spire.start();
        Clock clock = Clock.offset(Clock.systemUTC(), later).withZone(ZoneOffset.UTC);
        Voice voice = new Voice(outlets.of(SERVER), "here", clock);
        try (SpireConnection connection = new SpireConnection(spire.endpoint(), Duration.ofSeconds(8))) {
            Authorities authorities = new Authorities(connection, voice);
            authorities.once();
            authorities.once(); // it is not time yet
        }
    }

    private List<ServerSignal> signals() {
        return bodies(ServerSignal.class);
    }

    private <T> List<T> bodies(Class<T> type) {
        return outlets.of(SERVER).facts().stream()
                .map(fact -> ((ServerEvent) fact.value()).getBody())
                .map(type::cast)
                .toList();
    }

    /** A server that tells of its own authority. */
    private static final class WithOwnAuthority extends FakeSpire {
        private final Instant expiry;

        WithOwnAuthority(Instant expiry) {
            this.expiry = expiry;
        }

        @Override
        List<BindableService> services() {
            List<BindableService> services = new ArrayList<>(super.services());
            services.add(new LocalAuthorityGrpc.LocalAuthorityImplBase() {
                @Override
                public void getX509AuthorityState(
                        GetX509AuthorityStateRequest request, StreamObserver<GetX509AuthorityStateResponse> to) {
                    to.onNext(GetX509AuthorityStateResponse.newBuilder()
                            .setActive(AuthorityState.newBuilder().setExpiresAt(expiry.getEpochSecond()))
                            .build());
                    to.onCompleted();
                }
            });
            return services;
        }
    }
}
