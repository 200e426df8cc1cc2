package io.svidflow.producer.spire.poll;

import io.grpc.Status;
import io.svidflow.event.AuthorityKind;
import io.svidflow.event.AuthorityUse;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Origin;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.producer.spire.api.Bundle;
import io.svidflow.producer.spire.api.X509Certificate;
import io.svidflow.producer.spire.api.bundle.BundleGrpc;
import io.svidflow.producer.spire.api.bundle.GetBundleRequest;
import io.svidflow.producer.spire.api.localauthority.AuthorityState;
import io.svidflow.producer.spire.api.localauthority.GetJWTAuthorityStateRequest;
import io.svidflow.producer.spire.api.localauthority.GetJWTAuthorityStateResponse;
import io.svidflow.producer.spire.api.localauthority.GetX509AuthorityStateRequest;
import io.svidflow.producer.spire.api.localauthority.GetX509AuthorityStateResponse;
import io.svidflow.producer.spire.api.localauthority.LocalAuthorityGrpc;
import io.svidflow.topic.Topics;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The authorities by which a SPIRE server signs: of the trust domain, in its bundle, and the server's own. What each is used
 * for, and whether it is tainted, is told when it changes. One that has expired is told of at each look, as the server's log
 * complains of a rotation that fails. Not thread-safe.
 */
final class Authorities {

    private static final String GET_BUNDLE = "GetBundle";
    private static final String GET_X509 = "GetX509AuthorityState";
    private static final String GET_JWT = "GetJWTAuthorityState";
    private static final Duration EVERY = Duration.ofSeconds(15);

    /** The server's clock is not ours. */
    private static final Duration DOUBT = Duration.ofSeconds(60);

    private final SpireConnection connection;
    private final Voice voice;
    private final FailedObservations failures;
    private final OddObjects odd;
    private final AuthorityBook book;
    private final Set<String> unknownCalls = new HashSet<>();
    private Instant due = Instant.MIN;
    private boolean complete;

    Authorities(SpireConnection connection, Voice voice) {
        this.connection = connection;
        this.voice = voice;
        this.failures = new FailedObservations(voice.outlet().headers());
        this.odd = new OddObjects(voice.outlet());
        this.book = new AuthorityBook(voice);
    }

    /** Asks if it is time. */
    void once() throws InterruptedException {
        Instant now = voice.next();
        if (now.isBefore(due)) {
            return;
        }
        due = now.plus(EVERY);
        complete = true;
        AuthorityPage page = new AuthorityPage();
        Optional<Bundle> bundle = ask(GET_BUNDLE, (channel, deadline) -> BundleGrpc.newBlockingStub(channel)
                .withDeadline(deadline)
                .getBundle(GetBundleRequest.getDefaultInstance()));
        if (bundle.isPresent()) {
            trusted(bundle.get(), page);
        }
        voice.keepPromising();
        own(page);
        voice.keepPromising();
        ownJwt(page);
        if (complete && bundle.isPresent()) {
            book.tell(page);
        }
    }

    private void trusted(Bundle bundle, AuthorityPage page) throws InterruptedException {
        Instant last = Instant.MIN;
        boolean readable = bundle.getX509AuthoritiesCount() > 0;
        for (X509Certificate authority : bundle.getX509AuthoritiesList()) {
            try {
                Instant expires = page.trusted(authority);
                last = last.isAfter(expires) ? last : expires;
            } catch (CertificateException e) {
                odd.keep(
                        authority,
                        "an authority of the bundle is no certificate: " + e.getMessage(),
                        voice.origin(GET_BUNDLE));
                readable = false; // it may be the one that is valid
            }
        }
        bundle.getJwtAuthoritiesList().forEach(page::trusted);
        if (readable) {
            judge(last, GET_BUNDLE, "every X.509 authority in the bundle has expired, the last one at " + last);
        }
    }

    private void own(AuthorityPage page) throws InterruptedException {
        Optional<GetX509AuthorityStateResponse> state =
                ask(GET_X509, (channel, deadline) -> LocalAuthorityGrpc.newBlockingStub(channel)
                        .withDeadline(deadline)
                        .getX509AuthorityState(GetX509AuthorityStateRequest.getDefaultInstance()));
        if (state.isEmpty()) {
            return;
        }
        AuthorityState active = state.get().getActive();
        page.own(AuthorityKind.X509, AuthorityUse.OLD, state.get().getOld());
        page.own(AuthorityKind.X509, AuthorityUse.PREPARED, state.get().getPrepared());
        page.own(AuthorityKind.X509, AuthorityUse.ACTIVE, active);
        if (active.getExpiresAt() > 0) {
            Instant expires = Instant.ofEpochSecond(active.getExpiresAt());
            judge(expires, GET_X509, "the X.509 authority by which the server signs has expired at " + expires);
        }
    }

    private void ownJwt(AuthorityPage page) throws InterruptedException {
        Optional<GetJWTAuthorityStateResponse> state =
                ask(GET_JWT, (channel, deadline) -> LocalAuthorityGrpc.newBlockingStub(channel)
                        .withDeadline(deadline)
                        .getJWTAuthorityState(GetJWTAuthorityStateRequest.getDefaultInstance()));
        if (state.isPresent()) {
            page.own(AuthorityKind.JWT, AuthorityUse.OLD, state.get().getOld());
            page.own(AuthorityKind.JWT, AuthorityUse.PREPARED, state.get().getPrepared());
            page.own(AuthorityKind.JWT, AuthorityUse.ACTIVE, state.get().getActive());
        }
    }

    /** Empty: the call failed, which is told, or the server does not have it, or has no such authority yet. */
    private <A> Optional<A> ask(String name, SpireConnection.Call<A> call) throws InterruptedException {
        if (unknownCalls.contains(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(connection.call(name, call).answer());
        } catch (CallFailedException e) {
            if (e.code() == Status.Code.UNIMPLEMENTED) {
                unknownCalls.add(name);
            } else if (e.code() != Status.Code.NOT_FOUND) {
                complete = false;
                failed(e);
            }
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
        Origin origin = voice.origin(call);
        EventHeader header =
                headers.header(null, at, at, voice.outlet().nextSequence(), call, signal.toString(), origin);
        return new Publication(
                Topics.SERVER_EVENTS, headers.cluster(), new ServerEvent(header, signal), at, Route.BY_KEY);
    }

    private void failed(CallFailedException e) throws InterruptedException {
        voice.say(List.of(failures.ofCluster(
                voice.next(),
                e.operation(),
                e.getMessage(),
                voice.outlet().nextSequence(),
                voice.origin(e.operation()))));
    }
}
