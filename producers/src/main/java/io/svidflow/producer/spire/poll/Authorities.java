package io.svidflow.producer.spire.poll;

import io.grpc.Status;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Origin;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.producer.spire.api.X509Certificate;
import io.svidflow.producer.spire.api.bundle.BundleGrpc;
import io.svidflow.producer.spire.api.bundle.GetBundleRequest;
import io.svidflow.producer.spire.api.localauthority.GetX509AuthorityStateRequest;
import io.svidflow.producer.spire.api.localauthority.GetX509AuthorityStateResponse;
import io.svidflow.producer.spire.api.localauthority.LocalAuthorityGrpc;
import io.svidflow.topic.Topics;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The authorities by which a SPIRE server signs: of the trust domain, in its bundle, and the server's own. One that has
 * expired is told of at each look, as the server's log complains of a rotation that fails; one that has not is no news.
 * Not thread-safe.
 */
final class Authorities {

    private static final String GET_BUNDLE = "GetBundle";
    private static final String GET_OWN = "GetX509AuthorityState";
    private static final Duration EVERY = Duration.ofSeconds(15);

    /** The server's clock is not ours. */
    private static final Duration DOUBT = Duration.ofSeconds(60);

    private final SpireConnection connection;
    private final Voice voice;
    private final FailedObservations failures;
    private final OddObjects odd;
    private Instant due = Instant.MIN;
    private boolean ownUnknown;

    Authorities(SpireConnection connection, Voice voice) {
        this.connection = connection;
        this.voice = voice;
        this.failures = new FailedObservations(voice.outlet().headers());
        this.odd = new OddObjects(voice.outlet());
    }

    /** Asks if it is time. */
    void once() throws InterruptedException {
        Instant now = voice.next();
        if (now.isBefore(due)) {
            return;
        }
        due = now.plus(EVERY);
        ofTheTrustDomain();
        voice.keepPromising();
        if (!ownUnknown) {
            own();
        }
    }

    private void ofTheTrustDomain() throws InterruptedException {
        List<X509Certificate> bundle;
        try {
            bundle = connection
                    .call(GET_BUNDLE, (channel, deadline) -> BundleGrpc.newBlockingStub(channel)
                            .withDeadline(deadline)
                            .getBundle(GetBundleRequest.getDefaultInstance())
                            .getX509AuthoritiesList())
                    .answer();
        } catch (CallFailedException e) {
            failed(e);
            return;
        }
        Instant last = Instant.MIN;
        for (X509Certificate authority : bundle) {
            Optional<Instant> expires = expiry(authority);
            if (expires.isEmpty()) {
                return; // it may be the one that is valid
            }
            last = last.isAfter(expires.get()) ? last : expires.get();
        }
        if (!bundle.isEmpty()) {
            judge(last, GET_BUNDLE, "every X.509 authority in the bundle has expired, the last one at " + last);
        }
    }

    private void own() throws InterruptedException {
        try {
            GetX509AuthorityStateResponse state = connection
                    .call(GET_OWN, (channel, deadline) -> LocalAuthorityGrpc.newBlockingStub(channel)
                            .withDeadline(deadline)
                            .getX509AuthorityState(GetX509AuthorityStateRequest.getDefaultInstance()))
                    .answer();
            if (state.getActive().getExpiresAt() > 0) {
                Instant expires = Instant.ofEpochSecond(state.getActive().getExpiresAt());
                judge(expires, GET_OWN, "the X.509 authority by which the server signs has expired at " + expires);
            }
        } catch (CallFailedException e) {
            // NOT_FOUND: it has none yet
            ownUnknown = e.code() == Status.Code.UNIMPLEMENTED;
            if (!ownUnknown && e.code() != Status.Code.NOT_FOUND) {
                failed(e);
            }
        }
    }

    private Optional<Instant> expiry(X509Certificate authority) throws InterruptedException {
        try {
            java.security.cert.X509Certificate certificate =
                    (java.security.cert.X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(authority.getAsn1().toByteArray()));
            return Optional.of(certificate.getNotAfter().toInstant());
        } catch (CertificateException e) {
            odd.keep(authority, "an authority of the bundle is no certificate: " + e.getMessage(), origin(GET_BUNDLE));
            return Optional.empty();
        }
    }

    private void judge(Instant expires, String call, String text) throws InterruptedException {
        Instant at = voice.next();
        if (at.isAfter(expires.plus(DOUBT))) {
            voice.say(List.of(expired(at, call, text)));
        }
    }

    private Publication expired(Instant at, String call, String text) {
        ServerSignal signal = ServerSignal.newBuilder()
                .setKind(ServerSignalKind.CA_ROTATION_FAILED)
                .setPod(null)
                .setSubject(null)
                .setCaller(null)
                .setMethod(call)
                .setError(text)
                .build();
        EventHeaders headers = voice.outlet().headers();
        EventHeader header =
                headers.header(null, at, at, voice.outlet().nextSequence(), call, signal.toString(), origin(call));
        return new Publication(
                Topics.SERVER_EVENTS, headers.cluster(), new ServerEvent(header, signal), at, Route.BY_KEY);
    }

    private void failed(CallFailedException e) throws InterruptedException {
        voice.say(List.of(failures.ofCluster(
                voice.next(), e.operation(), e.getMessage(), voice.outlet().nextSequence(), origin(e.operation()))));
    }

    private Origin origin(String call) {
        return voice.origin(call);
    }
}
