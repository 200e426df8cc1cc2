package io.svidflow.producer.spire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.AgentSignal;
import io.svidflow.event.EventHeader;
import io.svidflow.event.PodNamedBy;
import io.svidflow.event.SvidSignal;
import io.svidflow.event.SvidSignalKind;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentLogMapperTest {

    private static final String TIME = "time=\"2026-11-23T05:53:36.255985507Z\" ";
    private static final String ATTESTED = TIME + "level=debug msg=\"PID attested to have selectors\" pid=18955"
            + " selectors=\"[type:\\\"k8s\\\"  value:\\\"ns:shop\\\" type:\\\"k8s\\\"  value:\\\"pod-uid:4ee72131\\\"]\"";
    private static final String REFUSED = TIME + "level=error msg=\"No identity issued\" method=FetchX509SVID"
            + " pid=18955 registered=false service=WorkloadAPI subsystem_name=endpoints";

    private final LogReading log = LogReading.ofAgent();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    REFUSED            | level=error msg="no identity issued" method=SubscribeToX509SVIDs
                    REFUSED            | level=error msg="Error building stream secrets response" error="workload is not authorized for the requested identities [\\"default\\"]" service=SDS.v3
                    KNOWN              | level=error msg="Error building stream secrets response" error="context canceled" service=SDS.v3
                    ATTESTATION_FAILED | level=error msg="Failed to collect all selectors for PID" error="workload attestor \\"k8s\\" failed: rpc error" pid=7
                    KNOWN              | level=error msg="Failed to collect all selectors for PID" error="workload attestor \\"docker\\" failed: rpc error" pid=7
                    ATTESTATION_FAILED | level=error msg="Failed to collect all selectors" error="context deadline exceeded"
                    ATTESTATION_FAILED | level=error msg="Timed out collecting selectors for PID" pid=7
                    ATTESTATION_FAILED | level=error msg="Timed out collecting selectors" error=x
                    ATTESTATION_FAILED | level=error msg="workload attestor \\"k8s\\" failed" error=x pid=7
                    KNOWN              | level=error msg="workload attestor \\"docker\\" failed" error=x pid=7
                    ATTESTATION_FAILED | level=error msg="Workload attestation failed" error=x pid=7
                    ATTESTATION_FAILED | level=warning msg="Unable to get pod list; giving up" pod_uid=d0895c44
                    ATTESTOR_RETRYING  | level=warning msg="Unable to get pod list; will retry after backoff" pod_uid=d0895c44
                    ATTESTATION_FAILED | level=warning msg="Container id not found; giving up" pod_uid=d0895c44
                    ATTESTOR_RETRYING  | level=debug msg="Container id not found; will retry after backoff"
                    ATTESTOR_RETRYING  | level=warning msg="Container id not found" retry_interval=500ms
                    ISSUING            | level=info msg="Renewing X509-SVID" entry_id=e1 expires_at="2026-11-23T06:53:36Z"
                    SIGN_FAILED        | level=warning msg="Failed to mint X509 SVID" entry_id=e1
                    SIGN_FAILED        | level=error msg="Failed to batch new X509 SVID(s)" error=x
                    SIGN_FAILED        | level=error msg="SVID sync failed" error=x
                    KNOWN              | level=debug msg="Fetched X.509 SVID" service=Other
                    KNOWN              | level=debug msg="Fetched X.509 SVID for delegated identity"
                    """)
    void shouldSayWhatBecameOfAWorkload(String kind, String text) {
        assertThat(log.kinds(TIME + text)).containsExactly(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    STARTED         | level=info msg="Starting agent" data_dir=/data version=1.15.3
                    STARTED         | level=info msg="Starting agent with data directory: \\"/data\\""
                    SERVING         | level=info msg="Starting Workload and SDS APIs" network=unix
                    SERVING         | level=info msg="Starting agent APIs" apis="Workload and SDS APIs"
                    STOPPED         | level=info msg="Agent stopped gracefully"
                    CRASHED         | level=error msg="Agent crashed" error="connection refused"
                    CRASHED BANNED  | level=error msg="Agent crashed" error="failed to attest: agent is banned"
                    CRASHED ATTEST_FAILED | level=error msg="Agent crashed" error="failed to receive attestation response: rpc error: code = PermissionDenied desc = nodeattestor(k8s_psat): token not authenticated"
                    CRASHED SVID_EXPIRED RENEWAL_FAILED | level=error msg="Agent crashed" error="current SVID has already expired and reattest agent failed: x"
                    SVID_EXPIRED    | level=error msg="Failed to verify agent SVID" error="x509: certificate has expired or is not yet valid: current time 2026-11-23T15:34:01Z is after 2026-11-23T15:33:01Z"
                    UNKNOWN         | level=error msg="Failed to verify agent SVID" error="x509: certificate has expired or is not yet valid: current time 2026-11-23T15:30:01Z is before 2026-11-23T15:33:01Z"
                    RENEWED         | level=info msg="Successfully rotated agent SVID"
                    ATTESTED        | level=info msg="Node attestation was successful"
                    ATTEST_FAILED   | level=warning msg="Failed to retrieve attestation result" retry_interval=5s
                    SYNC_FAILED     | level=warning msg="Failed to initialize manager" retry_interval=5s
                    REATTEST_NEEDED | level=warning msg="Agent needs to re-attest; will attempt to re-attest"
                    REATTEST_NEEDED | level=error msg="Agent needs to re-attest: removing SVID and shutting down"
                    REATTESTED      | level=info msg="Successfully reattested node"
                    ATTEST_FAILED   | level=error msg="Agent failed re-attestation; removing SVID and shutting down"
                    BANNED          | level=warning msg="Agent is banned: removing SVID and shutting down"
                    SYNC_FAILED     | level=error msg="Synchronize failed" error=x
                    SYNC_FAILED     | level=error msg="synchronize failed" error=x
                    SYNC_FAILED     | level=info msg="Synchronize failed, non-recoverable error" error=x
                    SYNC_FAILED     | level=info msg="Trust Bundle and Server don't agree, ignoring for now" time_left=10m
                    KNOWN           | level=error msg="Failed to fetch authorized entries" error=x
                    SYNC_SUCCEEDED  | level=debug msg="Entry created" entry=e1
                    SYNC_SUCCEEDED  | level=debug msg="Entry updated" entry=e1
                    SYNC_SUCCEEDED  | level=debug msg="Entry removed" entry=e1
                    RENEWAL_FAILED  | level=error msg="Could not rotate agent SVID" error=x
                    RENEWAL_FAILED  | level=error msg="Could not reattest agent" error=x
                    UNHEALTHY       | level=error msg="Health check has failed" check=agent
                    UNHEALTHY       | level=warning msg="Health check has failed. Starting up still." check=agent
                    UNHEALTHY       | level=warning msg="Health check failed" check=agent
                    HEALTHY         | level=info msg="Health check recovered" check=agent error=old
                    KNOWN           | level=info msg="Bundle loaded"
                    KNOWN           | level=debug msg="Rotating agent SVID"
                    UNKNOWN         | level=info msg="Something new under the sun"
                    """)
    void shouldSayWhatBecameOfTheAgent(String kinds, String text) {
        assertThat(log.kinds(TIME + text)).containsExactly(kinds.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time=\"2026-11-23T05:53:36Z\" level=error msg=\"No identity issued\" pid=7",
                "ERRO[0025] No identity issued                            pid=7 service=WorkloadAPI",
                "{\"level\":\"error\",\"msg\":\"No identity issued\",\"pid\":7,\"time\":\"2026-11-23T05:53:36Z\"}",
                "2026-11-23T05:53:36.1Z stderr F time=\"2026-11-23T05:53:36Z\" level=error msg=\"No identity issued\" pid=7",
                "Nov 23 05:53:36 host docker[1]: time=\"2026-11-23T05:53:36Z\" level=error msg=\"No identity issued\" pid=7",
                "{\"timestamp\":\"x\",\"json_message\":{\"msg\":\"No identity issued\",\"pid\":7}}"
            })
    void shouldUnderstandARefusalInEveryDialect(String text) {
        SvidSignal signal = log.svid(text);

        assertThat(signal.getKind()).isEqualTo(SvidSignalKind.REFUSED);
        assertThat(signal.getPid()).isEqualTo(7);
    }

    @Test
    void shouldNameThePodOfAPidThatWasAttestedBefore() {
        assertThat(log.svid(REFUSED).getPodUid()).isNull();
        assertThat(log.svid(ATTESTED).getPodUid()).isEqualTo("4ee72131");

        assertThat(log.svid(REFUSED).getPodUid()).isEqualTo("4ee72131");
        assertThat(log.svid(REFUSED.replace("18955", "18956")).getPodUid()).isNull();
    }

    @Test
    void shouldNameThePodThatTheProcessRunsInAndSaySo() {
        LogReading onNode = LogReading.ofAgent((pid, at) -> pid == 18955 ? Optional.of("uid-9") : Optional.empty());

        SvidSignal refused = onNode.svid(REFUSED);
        assertThat(refused.getPodUid()).isEqualTo("uid-9");
        assertThat(refused.getPodNamedBy()).isEqualTo(PodNamedBy.PROCESS);
        assertThat(onNode.svid(REFUSED.replace("18955", "18956")).getPodUid()).isNull();

        onNode.line(ATTESTED);
        SvidSignal again = onNode.svid(REFUSED);
        assertThat(again.getPodUid()).as("what the agent said counts for more").isEqualTo("4ee72131");
        assertThat(again.getPodNamedBy()).isEqualTo(PodNamedBy.ATTESTATION);
        assertThat(onNode.svid(ATTESTED).getPodNamedBy())
                .as("the line itself names it")
                .isNull();
    }

    @Test
    void shouldTakeNoProcessForProofOfWhatTheAttestorsTold() {
        LogReading onNode = LogReading.ofAgent((pid, at) -> Optional.of("uid-9"));
        String attested = TIME + "level=debug msg=\"PID attested to have selectors\" pid=18955"
                + " selectors=\"[type:\\\"unix\\\" value:\\\"uid:0\\\"]\"";

        assertThat(onNode.svid(attested).getPodUid()).isNull();
    }

    @Test
    void shouldGiveARefusalItsIdWhetherOrNotTheProcessIsStillThere() {
        LogReading onNode = LogReading.ofAgent((pid, at) -> Optional.of("uid-9"));

        assertThat(LogReading.header(onNode.only(REFUSED)).getId())
                .isEqualTo(LogReading.header(LogReading.ofAgent().only(REFUSED)).getId());
    }

    @Test
    void shouldForgetThePodOfAPidThatRunsSomethingElseNow() {
        log.line(ATTESTED);
        log.line(TIME + "level=debug msg=\"PID attested to have selectors\" pid=18955"
                + " selectors=\"[type:\\\"unix\\\" value:\\\"uid:0\\\"]\"");

        assertThat(log.svid(REFUSED).getPodUid()).isNull();
    }

    @Test
    void shouldNameThePodThatTheLineItselfNames() {
        assertThat(log.svid(REFUSED + " selectors=\"k8s:ns:shop,k8s:pod-uid:aa\"")
                        .getPodUid())
                .isEqualTo("aa");
        assertThat(log.svid(TIME + "level=warning msg=\"Unable to get pod list; giving up\" pod_uid=bb")
                        .getPodUid())
                .isEqualTo("bb");
        assertThat(log.svid("{\"msg\":\"Waiting for SVID to get cached\",\"selectors\":"
                                + "[{\"type\":\"k8s\",\"value\":\"pod-uid:cc\"}]}")
                        .getPodUid())
                .isEqualTo("cc");
    }

    @Test
    void shouldTellWhenAFetchedSvidExpires() {
        SvidSignal fetched =
                log.svid("{\"level\":\"debug\",\"method\":\"FetchX509SVID\",\"msg\":\"Fetched X.509 SVID\","
                        + "\"pid\":8161,\"service\":\"WorkloadAPI\",\"spiffe_id\":\"spiffe://lab.example/a\","
                        + "\"time\":\"2026-11-23T07:00:00Z\",\"ttl\":3592.5}");

        assertThat(fetched.getKind()).isEqualTo(SvidSignalKind.FETCHED);
        assertThat(fetched.getExpiresAt()).isEqualTo("2026-11-23T07:59:52.500Z");
        assertThat(fetched.getSpiffeId()).isEqualTo("spiffe://lab.example/a");
    }

    @Test
    void shouldTellTheExpiryOfTheSvidThatIsRenewed() {
        SvidSignal issuing = log.svid(TIME + "level=info msg=\"Renewing X509-SVID\" entry_id=e1"
                + " expires_at=\"2026-11-23T06:53:36Z\" spiffe_id=\"spiffe://lab.example/a\"");

        assertThat(issuing.getKind()).hasToString("ISSUING");
        assertThat(issuing.getEntryId()).isEqualTo("e1");
        assertThat(issuing.getExpiresAt()).isEqualTo("2026-11-23T06:53:36Z");
    }

    @ParameterizedTest
    @CsvSource({"5.460150234s,5460", "5460150234,5460", "2m0s,120000", "500ms,500", "soon,", "1d,"})
    void shouldReadTheAnnouncedRetryInterval(String interval, Long millis) {
        AgentSignal failed = log.agent(TIME + "level=warning msg=\"Failed to retrieve attestation result\""
                + " error=\"datastore-sql: connection refused\" retry_interval=" + interval);

        assertThat(failed.getRetryInMillis()).isEqualTo(millis);
        assertThat(failed.getError()).isEqualTo("datastore-sql: connection refused");
    }

    @Test
    void shouldNameTheAgentAndItsVersion() {
        assertThat(log.agent(TIME + "level=info msg=\"Node attestation was successful\" spiffe_id=\""
                                + LogReading.AGENT_1 + '"')
                        .getAgentId())
                .isEqualTo(LogReading.AGENT_1);
        assertThat(log.agent(TIME + "level=info msg=\"Starting agent\" version=1.15.3")
                        .getVersion())
                .isEqualTo("1.15.3");
    }

    @Test
    void shouldPublishUnderTheNodeAtTheTimeOfTheLine() {
        log.line("# not a log line");
        Publication publication = log.only(REFUSED);
        EventHeader header = LogReading.header(publication);

        assertThat(publication.topic()).isEqualTo(Topics.SVID_FETCH_EVENTS);
        assertThat(publication.key()).isEqualTo("lab/node-1");
        assertThat(publication.observedAt()).isEqualTo("2026-11-23T05:53:36.255985Z");
        assertThat(header.getEventTime()).isEqualTo("2026-11-23T05:53:36.255985Z");
        assertThat(header.getObservedTime()).isEqualTo(header.getEventTime());
        assertThat(header.getSource()).isEqualTo("agent-log/node-1");
        assertThat(header.getNode()).isEqualTo("node-1");
        assertThat(header.getSequence()).isEqualTo(2);
        assertThat(header.getOrigin().getLine()).isEqualTo(2);
    }

    @Test
    void shouldGiveALineWithoutTimeTheTimeOfTheLineBefore() {
        String timeless = "ERRO[0025] No identity issued   pid=7";

        assertThat(log.only(timeless).observedAt()).isEqualTo(LogReading.REFERENCE);
        log.line("time=\"2026-11-23T05:53:36Z\" level=info msg=\"Bundle loaded\"");
        assertThat(log.only(timeless).observedAt()).isEqualTo(Instant.parse("2026-11-23T05:53:36Z"));
    }

    @Test
    void shouldGiveTheSameIdsWhenReadAgain() {
        assertThat(idsOf(LogReading.ofAgent()))
                .isEqualTo(idsOf(LogReading.ofAgent()))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldRefuseABlankNode() {
        assertThatThrownBy(() -> new AgentLogMapper(new EventHeaders("lab", "x"), " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("node");
    }

    private static List<String> idsOf(LogReading log) {
        return List.of(REFUSED, REFUSED, ATTESTED, REFUSED).stream()
                .map(text -> LogReading.header(log.only(text)).getId())
                .toList();
    }

    @Test
    void shouldTakeAConfigurationThatCannotBeReadForTheEndOfTheAgent() {
        AgentSignal crashed = LogReading.ofAgent()
                .agent("unable to decode configuration at \"/config/agent.conf\": At 6:24: expected '/' for comment");

        assertThat(crashed.getKind()).hasToString("CRASHED");
        assertThat(crashed.getError()).contains("At 6:24");
    }
}
