package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Question.missing;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Clocks;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.scene.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The causes on the server's side, each beside the one that looks like it. */
class ServerCausesTest {

    private static final String REFUSED = "transport: Error while dialing: dial tcp 10.0.0.1:8081: connection refused";
    private static final String UNKNOWN_AUTHORITY = "authentication handshake failed: x509svid: could not verify leaf"
            + " certificate: x509: certificate signed by unknown authority";
    private static final String TOO_LARGE = "rpc error: code = ResourceExhausted desc = grpc: received message larger"
            + " than max (4194441 vs. 4194304)";
    private static final String LIMITED = "failed to batch new X509 SVID(s): rpc error: code = ResourceExhausted desc ="
            + " rejecting request due to certificate signing rate limiting: rate (600) exceeds burst size (500)";

    @Test
    void shouldNameACaThatCannotSign() {
        Question unsigned = missing(Link.SVID_ISSUED).entry(5);
        complains(unsigned, ServerSignalKind.SIGNING_FAILED, "Failed to sign X509-SVID: X509 CA is not available");

        assertThat(unsigned.cause(70)).isEqualTo("SERVER_CA_FAULT");
        assertThat(unsigned.diagnosis(70).variant()).isEqualTo("NOT_AVAILABLE");
        assertThat(unsigned.cause(200)).as("it has signed again for long").isEqualTo("UNKNOWN");
    }

    @Test
    void shouldNameTheCaFromTheAgentsThatItRefuses() {
        String expired = "failed to sign X509-SVID: invalid X509-SVID: already expired as of 2026-11-23T00:00:00Z";
        Question unsigned = missing(Link.SVID_ISSUED).entry(5).everyNode(node -> node.setSignFailingSince(at(6))
                .setSignError(expired));

        assertThat(unsigned.cause(70)).isEqualTo("SERVER_CA_FAULT");
        assertThat(unsigned.diagnosis(70).variant()).isEqualTo("EXPIRED");
    }

    @Test
    void shouldTellACaThatExpiredFromTheWrongClockOfOneNode() {
        String expired = "authentication handshake failed: x509: certificate has expired or is not yet valid";
        Question all = missing(Link.SYNCHRONISED).entry(1).everyNode(node -> failing(node, expired));
        Question one = missing(Link.SYNCHRONISED).entry(1).node(node -> failing(node, expired));

        assertThat(all.cause(70)).isEqualTo("SERVER_CA_FAULT");
        assertThat(one.cause(70)).isNotEqualTo("SERVER_CA_FAULT");
    }

    @Test
    void shouldSeeADatastoreOutageBehindACaThatCannotRotate() {
        Question below = missing(Link.SVID_ISSUED).entry(5).datastoreFails(-60, 65);
        complains(below, ServerSignalKind.SIGNING_FAILED, "Failed to sign X509-SVID: X509 CA is not available");

        assertThat(below.cause(66)).isEqualTo("SERVER_DATASTORE_DOWN");
        assertThat(below.ruledOut(66)).contains("SERVER_CA_FAULT");
    }

    @Test
    void shouldNameABundleThatOneAgentHasKeptTooLong() {
        Question one = missing(Link.SYNCHRONISED).entry(1).node(node -> failing(node, UNKNOWN_AUTHORITY));
        Question all = missing(Link.SYNCHRONISED).entry(1).everyNode(node -> failing(node, UNKNOWN_AUTHORITY));

        assertThat(one.cause(70)).isEqualTo("TRUST_BUNDLE_MISMATCH");
        assertThat(one.diagnosis(70).variant()).isEqualTo("NODE");
        assertThat(one.ruledOut(70)).contains("AGENT_SYNC_BACKOFF", "SYNC_PAYLOAD_TOO_LARGE");
        assertThat(all.cause(70)).isEqualTo("TRUST_BUNDLE_MISMATCH");
        assertThat(all.diagnosis(70).variant()).isEqualTo("ALL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "error reading server preface: remote error: tls: bad certificate",
                "write tcp 10.0.0.2:5000->10.0.0.1:8081: write: broken pipe",
                "nodeattestor(k8s_psat): unable to validate token with TokenReview API: x509: certificate signed by unknown authority",
                "workloadattestor(k8s): Get \"https://127.0.0.1:10250/pods\": x509: certificate signed by unknown authority",
                "datastore-sql: tls: failed to verify certificate: x509: certificate signed by unknown authority"
            })
    void shouldNotTakeAnotherCertificateForTheServers(String error) {
        Question other = missing(Link.SYNCHRONISED).entry(1).node(node -> failing(node, error));

        assertThat(other.cause(70)).isNotEqualTo("TRUST_BUNDLE_MISMATCH");
    }

    @Test
    void shouldTellAPayloadThatIsTooLargeFromARateLimit() {
        Question large = missing(Link.SYNCHRONISED).entry(1).node(node -> failing(node, TOO_LARGE));
        Question limited = missing(Link.SYNCHRONISED).entry(1).node(node -> failing(node, LIMITED));

        assertThat(large.cause(70)).isEqualTo("SYNC_PAYLOAD_TOO_LARGE");
        assertThat(large.ruledOut(70)).contains("AGENT_SYNC_BACKOFF");
        assertThat(limited.cause(70)).isEqualTo("RATE_LIMITED");
        assertThat(limited.ruledOut(70)).contains("SYNC_PAYLOAD_TOO_LARGE");
    }

    @Test
    void shouldNameTheRateLimitThatKeepsAgentsFromAttesting() {
        Question attesting = missing(Link.AGENT_READY).node(node -> node.setAgentReady(false));
        complains(attesting, ServerSignalKind.RATE_LIMITED, "Rejecting request due to attest agent rate limiting");
        Question below = missing(Link.AGENT_ATTESTED).datastoreFails(-60, 65);
        complains(below, ServerSignalKind.RATE_LIMITED, "Rejecting request due to attest agent rate limiting");

        assertThat(attesting.diagnosis(70).alternatives())
                .extracting(other -> other.getCause())
                .contains("RATE_LIMITED");
        assertThat(below.cause(66)).isEqualTo("SERVER_DATASTORE_DOWN");
        assertThat(below.ruledOut(66)).contains("RATE_LIMITED");
    }

    @Test
    void shouldTellTransactionsThatCollideFromADatastoreThatIsDown() {
        Question colliding = missing(Link.ENTRY_PRESENT);
        complains(
                colliding,
                ServerSignalKind.DATASTORE_ERROR,
                "datastore-sql: Error 1213 (40001): Deadlock found when trying to get lock; try restarting transaction");

        assertThat(colliding.cause(66)).isEqualTo("SERVER_DATASTORE_CONTENTION");
        assertThat(colliding.ruledOut(66)).contains("SERVER_DATASTORE_DOWN");
    }

    @Test
    void shouldSeeTransactionsThatCollideInWhatTheRegistrarIsAnswered() {
        Question colliding = missing(Link.ENTRY_PRESENT);
        complains(
                colliding,
                ServerSignalKind.REGISTRAR_FAILED,
                "Failed to update entries: rpc error: code = Internal desc = failed to create entry: datastore-sql: Error"
                        + " 1213 (40001): Deadlock found when trying to get lock; try restarting transaction");

        assertThat(colliding.cause(66)).isEqualTo("SERVER_DATASTORE_CONTENTION");
    }

    @Test
    void shouldNameADatastoreThatRefusesWritesAlthoughItAnswersReads() {
        Question readOnly = missing(Link.ENTRY_PRESENT).registrarCalls(-60, -10);
        for (int second = 0; second <= 60; second += 10) {
            readOnly.server(
                    second,
                    Bodies.server(
                            ServerSignalKind.DATASTORE_ERROR,
                            "datastore-sql: ERROR: cannot execute INSERT in a read-only transaction (SQLSTATE 25006)"));
            readOnly.registrarCalls(second + 1, second + 1);
        }
        Question written = missing(Link.ENTRY_PRESENT);

        assertThat(readOnly.cause(65)).isEqualTo("SERVER_DATASTORE_DOWN");
        assertThat(readOnly.diagnosis(65).variant()).isEqualTo("FAILOVER");
        assertThat(readOnly.ruledOut(65)).contains("REGISTRAR_LAG");
        assertThat(written.cause(65)).isNotEqualTo("SERVER_DATASTORE_DOWN");
    }

    @Test
    void shouldNameADatastoreThatFailsCallsOfOneKindWhileItAnswersOthers() {
        Question locked = missing(Link.ENTRY_PRESENT);
        for (int second = -20; second <= 60; second += 10) {
            locked.server(
                    second,
                    call(ServerSignalKind.DATASTORE_ERROR, "ListEntries", "datastore-sql: pq: canceling statement"));
            locked.server(second + 1, call(ServerSignalKind.DATASTORE_ANSWERED, "ListAgents", null));
        }
        assertThat(locked.cause(65)).isEqualTo("SERVER_DATASTORE_DOWN");
        assertThat(locked.diagnosis(65).variant()).isEqualTo("TIMEOUT");

        Question hiccups = missing(Link.ENTRY_PRESENT).registrarCalls(-60, -30);
        for (int second = -20; second <= 60; second += 10) {
            hiccups.server(
                    second,
                    call(ServerSignalKind.DATASTORE_ERROR, "ListEntries", "datastore-sql: pq: canceling statement"));
            hiccups.server(second + 1, call(ServerSignalKind.DATASTORE_ANSWERED, "ListEntries", null));
        }
        assertThat(hiccups.cause(65)).isNotEqualTo("SERVER_DATASTORE_DOWN");
    }

    private static ServerSignal call(ServerSignalKind kind, String method, String error) {
        return ServerSignal.newBuilder()
                .setKind(kind)
                .setMethod(method)
                .setError(error)
                .build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REFUSED | datastore-sql: dial tcp 10.0.0.9:5432: connect: connection refused",
                "REFUSED | datastore-sql: read tcp 10.0.0.1:4->10.0.0.9:5432: read: connection reset by peer",
                "REFUSED | datastore-sql: FATAL: the database system is starting up (SQLSTATE 57P03)",
                "DNS | datastore-sql: dial tcp: lookup postgres.db.svc on 10.96.0.10:53: no such host",
                "POOLER | datastore-sql: FATAL: query_wait_timeout (SQLSTATE 08P01)",
                "FAILOVER | datastore-sql: cannot set transaction read-write mode during recovery",
                "TIMEOUT | datastore-sql: dial tcp 10.0.0.9:5432: i/o timeout",
                "TOO_MANY_CONNECTIONS | datastore-sql: FATAL: too many connections for role \"spire\" (SQLSTATE 53300)",
                "AUTH | datastore-sql: FATAL: password authentication failed for user \"spire\" (SQLSTATE 28P01)",
                "NO_DATABASE | datastore-sql: pq: database \"spire\" does not exist",
                "AUTH | datastore-sql: pq: role \"spire\" does not exist",
                "TIMEOUT | datastore-sql: pq: canceling statement due to user request"
            })
    void shouldSayInWhichWayTheDatastoreFails(String kind, String error) {
        Question down = missing(Link.ENTRY_PRESENT);
        complains(down, ServerSignalKind.DATASTORE_ERROR, error);

        assertThat(down.cause(66)).isEqualTo("SERVER_DATASTORE_DOWN");
        assertThat(down.diagnosis(66).variant()).isEqualTo(kind);
    }

    @Test
    void shouldKeepTheMoreTellingKindOfAnOutage() {
        Question down = missing(Link.ENTRY_PRESENT);
        complains(down, ServerSignalKind.DATASTORE_ERROR, "datastore-sql: context canceled");
        assertThat(down.diagnosis(66).variant()).isEqualTo("TIMEOUT");

        complains(down, ServerSignalKind.DATASTORE_ERROR, "datastore-sql: FATAL: too many connections");
        complains(down, ServerSignalKind.DATASTORE_ERROR, "datastore-sql: context canceled");
        assertThat(down.diagnosis(66).variant()).isEqualTo("TOO_MANY_CONNECTIONS");
    }

    @Test
    void shouldSuspectTheDatastoreOfAServerThatBreaksOffEveryHandshake() {
        Question handshake = missing(Link.SYNCHRONISED)
                .entry(1)
                .everyNode(node -> failing(node, "error reading server preface: remote error: tls: bad certificate"));

        assertThat(handshake.cause(70)).isEqualTo("SERVER_DATASTORE_DOWN");
        assertThat(handshake.diagnosis(70).confidence()).isEqualTo(0.5);
    }

    @Test
    void shouldSayWhetherAllAgentsOrOneOrANameIsCutOff() {
        Question all = missing(Link.SYNCHRONISED).entry(1).everyNode(node -> failing(node, REFUSED));
        Question one =
                missing(Link.SYNCHRONISED).entry(1).registrarCalls(-60, 68).node(node -> failing(node, REFUSED));
        Question name = missing(Link.SYNCHRONISED)
                .entry(1)
                .everyNode(node -> failing(node, "dial tcp: lookup spire-server.spire on 10.96.0.10:53: no such host"));

        assertThat(all.diagnosis(70).variant()).isEqualTo("ALL");
        assertThat(one.cause(70)).isEqualTo("SERVER_UNREACHABLE");
        assertThat(one.diagnosis(70).variant()).isEqualTo("NODE");
        assertThat(name.diagnosis(70).variant()).isEqualTo("DNS");
    }

    @Test
    void shouldNameTheCacheOfAServerThatKeepsAnEntryFromAnAgentThatSynchronises() {
        Question lag = missing(Link.SVID_ISSUED)
                .pod(pod -> pod.setClocks(new Clocks(at(0), at(5), at(68), null)))
                .node(node -> node.setLastSyncSuccess(at(68)));
        assertThat(lag.cause(70)).isEqualTo("SERVER_CACHE_LAG");
        assertThat(lag.diagnosis(70).confidence()).isEqualTo(0.6);

        lag.server(-20, ServerSignalKind.CACHE_BUILDING);
        assertThat(lag.diagnosis(70).confidence()).isEqualTo(0.85);
        lag.server(69, ServerSignalKind.CACHE_BUILT);
        assertThat(lag.diagnosis(70).confidence()).isEqualTo(0.6);

        lag.pod(pod -> pod.setSignedAt(at(10)));
        assertThat(lag.ruledOut(70)).contains("SERVER_CACHE_LAG");
    }

    @Test
    void shouldTellAViewThatComesAndGoesFromAnEntryThatDoes() {
        Question stale = missing(Link.SYNCHRONISED)
                .entry(5)
                .pod(pod -> pod.setEntryFlaps(3).setSignedAt(at(60)).setRefusals(4));
        assertThat(stale.cause(70)).isEqualTo("DATASTORE_STALE_REPLICA");

        assertThat(stale.pod(pod -> pod.setEntryRecreations(3)).cause(70)).isNotEqualTo("DATASTORE_STALE_REPLICA");
    }

    private static void complains(Question question, ServerSignalKind kind, String error) {
        for (int second = 10; second <= 65; second += 5) {
            question.server(second, Bodies.server(kind, error));
        }
    }

    /** Failing for a minute, last attempt at second 60. */
    private static void failing(NodeTransition.Builder node, String error) {
        node.setSyncFailingSince(at(-10))
                .setSyncAttempts(5)
                .setPreviousSyncAttempt(at(35))
                .setLastSyncAttempt(at(60))
                .setFirstSyncError(error)
                .setLastSyncError(error)
                .setLastSyncSuccess(node.getNode().equals(NODE) ? at(-15) : at(-16));
    }
}
