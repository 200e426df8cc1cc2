package io.svidflow.producer.spire.poll;

import static io.svidflow.producer.spire.poll.Running.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentListed;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.AuthorityObserved;
import io.svidflow.event.EntryEvent;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.ServerEvent;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.RecordingOutlets;
import io.svidflow.producer.spire.NodeDirectory;
import io.svidflow.producer.spire.api.Bundle;
import io.svidflow.producer.spire.api.bundle.BundleGrpc;
import io.svidflow.producer.spire.api.bundle.GetBundleRequest;
import io.svidflow.producer.spire.api.localauthority.GetX509AuthorityStateRequest;
import io.svidflow.producer.spire.api.localauthority.GetX509AuthorityStateResponse;
import io.svidflow.producer.spire.api.localauthority.LocalAuthorityGrpc;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Keeps the messages of {@code src/main/proto} honest, against a SPIRE that runs in the laboratory. Its directory is given
 * by {@code -Dsvidflow.lab.run=DIRECTORY}.
 */
class RealSpireTest {

    private static final Source SERVER = Source.of(SourceKind.SPIRE_SERVER);
    private static final Source AGENT = new Source(SourceKind.AGENT_DEBUG, "node-1");

    private final Path lab = Path.of(System.getProperty("svidflow.lab.run", ""));
    private final Path server = lab.resolve("server/api.sock");
    private final Path agent = lab.resolve("nodes/node-1/admin/admin.sock");

    @BeforeEach
    void requireALaboratory() {
        assumeThat(Files.exists(server) && Files.exists(agent))
                .as("no laboratory runs: start it, and name its directory by -Dsvidflow.lab.run=DIRECTORY")
                .isTrue();
    }

    @Test
    void shouldListTheSameEntriesAndAgentsInSmallPagesAndInLargeOnes() throws Exception {
        RecordingOutlets small = listed(3);
        RecordingOutlets large = listed(500);

        assertThat(entries(small)).isNotEmpty().isEqualTo(entries(large));
        assertThat(small.of(SERVER).deadLetters()).isEmpty();
        assertThat(small.of(SERVER).facts())
                .noneMatch(fact ->
                        fact.value() instanceof ServerEvent event && !(event.getBody() instanceof AuthorityObserved));
        assertThat(small.of(SERVER).facts())
                .filteredOn(fact -> fact.value() instanceof AgentEvent)
                .allSatisfy(fact -> {
                    AgentListed listed = (AgentListed) ((AgentEvent) fact.value()).getBody();
                    assertThat(fact.key()).startsWith("lab/node-");
                    assertThat(listed.getSerial()).isNotBlank();
                    assertThat(listed.getExpiresAt()).isAfter(Instant.now());
                    assertThat(listed.getPodUid()).isNotBlank();
                });
    }

    @Test
    void shouldHearThatAnEntryIsNotThere() throws Exception {
        try (SpireConnection connection = new SpireConnection(SocketEndpoint.ofServer(server), Duration.ofSeconds(8))) {
            CallFailedException answer = org.assertj.core.api.Assertions.catchThrowableOfType(
                    CallFailedException.class,
                    () -> connection.call("GetEntry", (channel, deadline) -> ListedKind.entries()
                            .gets()
                            .again(channel, deadline, "00000000-0000-0000-0000-000000000000")));

            assertThat(answer.code()).isEqualTo(io.grpc.Status.Code.NOT_FOUND);
        }
    }

    @Test
    void shouldHearOfTheAuthorities() throws Exception {
        try (SpireConnection connection = new SpireConnection(SocketEndpoint.ofServer(server), Duration.ofSeconds(8))) {
            Bundle bundle = connection
                    .call("GetBundle", (channel, deadline) -> BundleGrpc.newBlockingStub(channel)
                            .withDeadline(deadline)
                            .getBundle(GetBundleRequest.getDefaultInstance()))
                    .answer();
            GetX509AuthorityStateResponse own = connection
                    .call("GetX509AuthorityState", (channel, deadline) -> LocalAuthorityGrpc.newBlockingStub(channel)
                            .withDeadline(deadline)
                            .getX509AuthorityState(GetX509AuthorityStateRequest.getDefaultInstance()))
                    .answer();

            assertThat(bundle.getTrustDomain()).isNotBlank();
            assertThat(bundle.getX509AuthoritiesList()).isNotEmpty();
            X509Certificate authority = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(
                            bundle.getX509Authorities(0).getAsn1().toByteArray()));
            assertThat(authority.getNotAfter().toInstant()).isAfter(Instant.now());
            assertThat(own.getActive().getAuthorityId()).isNotBlank();
            assertThat(Instant.ofEpochSecond(own.getActive().getExpiresAt()))
                    .isEqualTo(authority.getNotAfter().toInstant());
        }
    }

    @Test
    void shouldHearWhenTheAgentLastSynchronised() throws Exception {
        RecordingOutlets outlets = new RecordingOutlets("lab");
        AgentDebugSource source = new AgentDebugSource(
                "node-1", SocketEndpoint.ofAgent(agent), Optional.empty(), PollSettings.ofAgent(), Clock.systemUTC());
        assertThat(source.check()).isEmpty();
        Running running = new Running(source, outlets);
        await().until(() -> !outlets.of(AGENT).facts().isEmpty());
        running.stop();

        AgentStatus status =
                (AgentStatus) ((AgentEvent) outlets.of(AGENT).facts().get(0).value()).getBody();
        assertThat(status.getAgentId()).startsWith("spiffe://").contains("/spire/agent/");
        assertThat(status.getLastSyncSuccess()).isAfter(Instant.now().minusSeconds(300));
        assertThat(status.getSvidExpiresAt()).isAfter(Instant.now());
    }

    private RecordingOutlets listed(int pageSize) throws Exception {
        RecordingOutlets outlets = new RecordingOutlets("lab");
        PollSettings settings =
                new PollSettings(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(2), pageSize);
        SpireServerSource source = new SpireServerSource(
                SocketEndpoint.ofServer(server), settings, new NodeDirectory(), Clock.systemUTC());
        assertThat(source.check()).isEmpty();
        Running running = new Running(source, outlets);
        await().until(() -> outlets.of(SERVER).lastPosition().isPresent());
        running.stop();
        return outlets;
    }

    private static Set<String> entries(RecordingOutlets outlets) {
        return outlets.of(SERVER).facts().stream()
                .filter(fact -> fact.value() instanceof EntryEvent)
                .map(fact -> (EntryObserved) ((EntryEvent) fact.value()).getBody())
                .map(EntryObserved::getEntryId)
                .collect(Collectors.toSet());
    }
}
