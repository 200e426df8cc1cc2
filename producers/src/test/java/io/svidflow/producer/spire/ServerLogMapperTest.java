package io.svidflow.producer.spire;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentSignal;
import io.svidflow.event.Reporter;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.SvidSignal;
import io.svidflow.producer.Publication;
import io.svidflow.producer.spire.MappedLine.Outcome;
import io.svidflow.topic.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLogMapperTest {

    private static final String TIME = "time=\"2026-11-23T05:41:49.392406963Z\" ";
    private static final String REFUSED_CONNECTION =
            "\"datastore-sql: dial tcp 127.0.0.1:25432: connect: connection refused\"";
    private static final String CALLER = " caller_id=\"" + LogReading.AGENT_1 + '"';
    private static final String AUDIT = TIME + "level=info msg=\"API accessed\" type=audit subsystem_name=api ";

    private final LogReading log = LogReading.ofServer();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    SERVER_STARTED   | level=info msg=Configured version=1.15.3
                    SERVER_SERVING   | level=info msg="Starting Server APIs" network=tcp
                    SERVER_STOPPING  | level=info msg="Stopping Server APIs"
                    SERVER_STOPPING  | level=info msg="Server stopped gracefully"
                    SERVER_STOPPING  | level=error msg="Fatal run error" error=x
                    HEALTH_FAILED    | level=warning msg="Health check failed" check=server error=x
                    HEALTH_FAILED    | level=error msg="Health check has failed" check=server error=x
                    HEALTH_RECOVERED | level=info msg="Health check recovered" check=server error=x
                    NOISE            | level=error msg="Unable to set bundle for object" name=spire/spire-bundle error=conflict
                    DATASTORE_ERROR  | level=error msg="Failed to reload entry cache" error="context deadline exceeded"
                    DATASTORE_ERROR  | level=error msg="Failed to reload entry cache" error="datastore-sql: down"
                    DATASTORE_ERROR  | level=error msg="Failed to update entry cache" error=x
                    DATASTORE_ERROR  | level=error msg="Failed to list entries" error="datastore-sql: down" method=ListEntries
                    DATASTORE_ERROR  | level=error msg="Never heard of" error="datastore-validation: bad"
                    KNOWN            | level=error msg="Failed to fetch agent" error="datastore-sql: record not found"
                    KNOWN            | level=error msg="Failed to list entries" error="context canceled"
                    BANNED           | level=error msg="Agent is banned"
                    BANNED           | level=error msg="Failed to attest: agent is banned"
                    NOT_ATTESTED     | level=error msg="Agent is not attested"
                    NOT_ATTESTED     | level=error msg="Agent SVID is not active"
                    SVID_EXPIRED     | level=error msg="Agent SVID is expired"
                    ATTESTED         | level=info msg="Agent attestation request completed"
                    ATTEST_FAILED    | level=error msg="Nodeattestor(k8s_psat): token not authenticated"
                    ATTEST_FAILED RATE_LIMITED | level=error msg="Rejecting request due to attest agent rate limiting"
                    ATTEST_FAILED    | level=error msg="Invalid argument: failed to attest: join token does not exist or has already been used"
                    ATTEST_FAILED    | level=error msg="Attestation data has already been used to attest an agent" spiffe_id="spiffe://lab.example/spire/agent/aws_iid/1/eu/i-1"
                    KNOWN            | level=debug msg="Signed X509 SVID" subsystem_name=svid_rotator
                    KNOWN            | level=error msg="Failed to authenticate caller" error=x
                    UNKNOWN          | level=info msg="Something new under the sun"
                    """)
    void shouldSayWhatALineMeans(String kind, String text) {
        assertThat(log.kinds(TIME + text)).containsExactly(kind.split(" "));
    }

    @Test
    void shouldBlameTheDatastoreWhenItCannotLookUpAnAgent() {
        MappedLine mapped = log.line(TIME + "level=error msg=\"Unable to look up agent information\" error="
                + REFUSED_CONNECTION + " method=SyncAuthorizedEntries" + CALLER);

        assertThat(mapped.facts()).extracting(Publication::key).containsExactly("lab/node-1", "lab");
        AgentSignal agent = (AgentSignal) mapped.facts().get(0).value().get(1);
        ServerSignal server = (ServerSignal) mapped.facts().get(1).value().get(1);
        assertThat(agent.getKind()).hasToString("LOOKUP_FAILED");
        assertThat(agent.getReporter()).isEqualTo(Reporter.SERVER);
        assertThat(server.getKind()).hasToString("DATASTORE_ERROR");
        assertThat(server.getError()).contains("connection refused");
        assertThat(server.getMethod()).isEqualTo("SyncAuthorizedEntries");
        assertThat(server.getCaller()).isEqualTo(LogReading.AGENT_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SyncAuthorizedEntries", "GetAuthorizedEntries"})
    void shouldSeeAnAgentSynchronise(String method) {
        Publication synced = log.only(AUDIT + "method=" + method + " status=success" + CALLER);

        assertThat(synced.topic()).isEqualTo(Topics.AGENT_EVENTS);
        assertThat(synced.key()).isEqualTo("lab/node-1");
        assertThat(((AgentEvent) synced.value()).getBody()).isInstanceOfSatisfying(AgentSignal.class, signal -> {
            assertThat(signal.getKind()).hasToString("SYNC_SUCCEEDED");
            assertThat(signal.getAgentId()).isEqualTo(LogReading.AGENT_1);
        });
    }

    @Test
    void shouldKeepTheFactsOfAnAgentTogetherWhoseNodeIsUnknown() {
        Publication synced = log.only(
                AUDIT + "method=SyncAuthorizedEntries status=success caller_id=\"" + LogReading.STRANGER + '"');

        assertThat(synced.key()).isEqualTo("lab/spire/agent/k8s_psat/lab/uid-9");
        assertThat(LogReading.header(synced).getNode()).isNull();
    }

    @Test
    void shouldSeeAnSvidSigned() {
        SvidSignal audited = log.svid(AUDIT + "method=BatchNewX509SVID status=success entry_id=e1"
                + " expires_at=1795416411 spiffe_id=\"spiffe://lab.example/a\"" + CALLER);
        SvidSignal debugged = log.svid(TIME + "level=debug msg=\"Signed X509 SVID\" entry_id=e1"
                + " expiration=\"2026-11-23T06:46:51Z\" spiffe_id=\"spiffe://lab.example/a\"" + CALLER);

        for (SvidSignal issued : new SvidSignal[] {audited, debugged}) {
            assertThat(issued.getKind()).hasToString("ISSUED");
            assertThat(issued.getEntryId()).isEqualTo("e1");
            assertThat(issued.getSpiffeId()).isEqualTo("spiffe://lab.example/a");
            assertThat(issued.getExpiresAt()).isEqualTo("2026-11-23T06:46:51Z");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ATTESTED                      | method=AttestAgent status=success agent_id=a
                    ATTEST_FAILED                 | method=AttestAgent status=error status_message="failed to attest: agent is banned" agent_id=a
                    ATTEST_FAILED DATASTORE_ERROR | method=AttestAgent status=error status_message="failed to fetch agent: datastore-sql: down" agent_id=a
                    DATASTORE_ANSWERED            | method=ListEntries status=success authorized_as=local caller_path=/opt/cm
                    DATASTORE_ANSWERED            | method=ListAgents status=success authorized_as=local
                    KNOWN                         | method=GetEntry status=success authorized_as=agent
                    DATASTORE_ERROR               | method=ListEntries status=error status_message="failed to list entries: datastore-sql: down"
                    KNOWN                         | method=ListEntries status=error status_message="context canceled"
                    KNOWN                         | method=GetBundle status=success
                    BANNED                        | method=BanAgent status=success spiffe_id=a
                    KNOWN                         | method=SomethingNew status=success
                    ENTRY_WRITTEN                 | method=BatchCreateEntry status=success spiffe_id="spiffe://lab.example/a"
                    ENTRY_WRITTEN                 | method=BatchDeleteEntry status=success entry_id=e1
                    KNOWN                         | method=BatchCreateEntry status=success spiffe_id="spiffe://lab.example/spire-controller-manager/unsupported-fields-test"
                    """)
    void shouldReadTheAuditLog(String kinds, String fields) {
        assertThat(log.kinds(AUDIT + fields)).containsExactly(kinds.split(" "));
    }

    @Test
    void shouldTellTheAgentAndTheClusterWhenAnOperatorTakesAnIdentityAway() {
        String agent = " spiffe_id=\"" + LogReading.AGENT_1 + '"';

        assertThat(log.kinds(TIME + "level=info msg=\"Agent deleted\"" + agent))
                .containsExactly("EVICTED", "AGENT_EVICTED");
        assertThat(log.line(TIME + "level=info msg=\"Agent banned\"" + agent).facts())
                .extracting(Publication::key)
                .containsExactly("lab/node-1", "lab");
    }

    @Test
    void shouldSayWhatIsUnhealthy() {
        ServerSignal failed = log.server(TIME + "level=warning msg=\"Health check failed\" check=catalog.datastore"
                + " details=\"{<nil> false}\" error=\"subsystem is not live or ready\"");

        assertThat(failed.getSubject()).isEqualTo("catalog.datastore");
        assertThat(failed.getError()).isEqualTo("subsystem is not live or ready: {<nil> false}");
        assertThat(failed.getPod()).isEqualTo("spire-server-0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time=\"2026-11-23T05:41:49Z\" level=error msg=\"Agent is not attested\" caller_id=x",
                "{\"level\":\"error\",\"msg\":\"Agent is not attested\",\"caller_id\":\"x\",\"time\":\"2026-11-23T05:41:49Z\"}",
                "2026-11-23T05:41:49.1Z stdout F {\"msg\":\"Agent is not attested\",\"caller_id\":\"x\"}",
                "ERRO[0025] Agent is not attested    caller_id=x"
            })
    void shouldUnderstandEveryDialect(String text) {
        assertThat(log.kinds(text)).containsExactly("NOT_ATTESTED");
    }

    @Test
    void shouldKeepABrokenLineApart() {
        MappedLine broken = log.line(TIME + "level=info msg=\"API acc");

        assertThat(broken.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(broken.reason()).contains("msg");
    }
}
