package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Question.missing;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the identity of the agent itself, each cause beside its look-alikes. */
class AgentCausesTest {

    private static final String RESPONSE = "failed to receive attestation response: rpc error: code = Internal desc = ";
    private static final String OLD_TOKEN =
            RESPONSE + "nodeattestor(k8s_psat): unable to validate token with TokenReview"
                    + " API: token review API response contains an error: [invalid bearer token, service account token has expired]";
    private static final String NO_API =
            RESPONSE + "nodeattestor(k8s_psat): unable to validate token with TokenReview API:"
                    + " unable to query token review API: dial tcp 10.96.0.1:443: connect: connection refused";
    private static final String USED =
            RESPONSE + "nodeattestor(aws_iid): attestation data has already been used to attest an agent";
    private static final String NO_SERVER = "failed to open attestation stream: rpc error: code = Unavailable desc ="
            + " connection error: desc = \"transport: Error while dialing: dial tcp: connect: connection refused\"";

    private static Question refused(Link link, String error) {
        return missing(link).node(node -> node.setAgentReady(false)
                .setAgentReason("CrashLoopBackOff")
                .setAgentNotReadySince(at(-100))
                .setNodeAttestFailingSince(at(-99))
                .setLastNodeAttestError(error));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unable to validate token with TokenReview API: token review API response contains an error: [invalid bearer token, service account token has expired] | EXPIRED
            token not authenticated according to TokenReview API for cluster "lab"                          | EXPIRED
            "spire:spire-agent-v2" is not an allowed service account in cluster "lab"                       | CONFIG
            not configured for cluster "lab"                                                                | CONFIG
            token review API response contains an error: [invalid bearer token, token audiences ["a"] is invalid for the target audiences ["b"]] | CONFIG
            fail to get pod from k8s API server: pods "spire-agent-x" is forbidden: cannot get resource      | CONFIG
            unable to validate token with TokenReview API: unable to query token review API: i/o timeout     | API_DOWN
            fail to get node from k8s API server: Get "https://10.96.0.1:443/api/v1/nodes/n": dial tcp: connection refused | API_DOWN
            failed to get pod from k8s API server: context deadline exceeded                                | API_DOWN
            pod UID mismatch: token is for "a", API server says "b"                                         | UID_MISMATCH
            fail to get pod from k8s API server: pods "spire-agent-x" not found                             | UID_MISMATCH
            """)
    void shouldTellRefusalsOfTheNodeAttestorApart(String text, String kind) {
        assertThat(AttestRefusal.of(RESPONSE + "nodeattestor(k8s_psat): " + text))
                .hasValue(AttestRefusal.valueOf(kind));
    }

    @Test
    void shouldNotTakeOtherFailuresToAttestForARefusal() {
        assertThat(AttestRefusal.of(NO_SERVER)).isEmpty();
        assertThat(AttestRefusal.of(RESPONSE + "failed to fetch agent: datastore-sql: connection refused"))
                .isEmpty();
        assertThat(AttestRefusal.of(RESPONSE + "nodeattestor(x509pop): datastore-sql: connection refused"))
                .isEmpty();
        assertThat(AttestRefusal.of(null)).isEmpty();
    }

    @Test
    void shouldNameARejectedTokenWhetherTheAgentCrashesOrRetries() {
        for (Link link : new Link[] {Link.AGENT_READY, Link.AGENT_ATTESTED}) {
            Diagnosis diagnosis = refused(link, OLD_TOKEN).diagnosis(60);

            assertThat(diagnosis.cause()).isEqualTo("NODE_TOKEN_REJECTED");
            assertThat(diagnosis.variant()).isEqualTo("EXPIRED");
        }
        assertThat(missing(Link.AGENT_READY).ruledOut(60)).contains("NODE_TOKEN_REJECTED");
    }

    @Test
    void shouldNotTakeAnApiServerThatTheServerCannotReachForAServerThatTheAgentCannotReach() {
        Question api = refused(Link.AGENT_ATTESTED, NO_API);
        Question everywhere = missing(Link.AGENT_ATTESTED)
                .everyNode(node -> node.setNodeAttestFailingSince(at(-99)).setLastNodeAttestError(NO_API));
        Question server = missing(Link.AGENT_ATTESTED)
                .everyNode(node -> node.setNodeAttestFailingSince(at(-99)).setLastNodeAttestError(NO_SERVER));

        assertThat(api.diagnosis(60).variant()).isEqualTo("API_DOWN");
        assertThat(everywhere.cause(60)).isEqualTo("NODE_TOKEN_REJECTED");
        assertThat(server.cause(60)).isEqualTo("SERVER_UNREACHABLE");
        assertThat(server.ruledOut(60)).contains("NODE_TOKEN_REJECTED");
    }

    @Test
    void shouldLeaveAnAttestationThatFailsForWantOfTheDatastoreToTheDatastore() {
        Question question = missing(Link.AGENT_ATTESTED)
                .datastoreFails(-60, 60)
                .node(node -> node.setNodeAttestFailingSince(at(-50))
                        .setLastNodeAttestError(RESPONSE + "failed to fetch agent: datastore-sql: connection refused"));

        assertThat(question.cause(62)).isEqualTo("SERVER_DATASTORE_DOWN");
        assertThat(question.ruledOut(62)).contains("NODE_TOKEN_REJECTED");
    }

    @Test
    void shouldTellAProofThatWasUsedBeforeFromARejectedToken() {
        Question locked = refused(Link.AGENT_READY, USED).node(node -> node.setAgentCanReattest(false));

        assertThat(locked.cause(60)).isEqualTo("NODE_ATTEST_TOFU_LOCKED");
        assertThat(missing(Link.AGENT_READY)
                        .node(node -> node.setAgentCanReattest(true))
                        .ruledOut(60))
                .contains("NODE_ATTEST_TOFU_LOCKED");
    }

    @Test
    void shouldNameAnExpiredAgentSvid() {
        Question said = missing(Link.AGENT_ATTESTED).node(node -> node.setAgentSvidExpiredSince(at(-10)));
        Question listed = missing(Link.AGENT_ATTESTED)
                .node(node -> node.setAgentSvidExpiresAt(at(-10)).setSyncFailingSince(at(-5)));
        Question valid = missing(Link.AGENT_ATTESTED)
                .node(node -> node.setAgentSvidExpiresAt(at(900)).setEvictedAt(at(-10)));

        assertThat(said.cause(60)).isEqualTo("AGENT_SVID_EXPIRED");
        assertThat(listed.cause(60)).isEqualTo("AGENT_SVID_EXPIRED");
        assertThat(valid.cause(60)).isEqualTo("AGENT_EVICTED");
        assertThat(valid.ruledOut(60)).contains("AGENT_SVID_EXPIRED");
    }

    @Test
    void shouldNameWhatKeptTheAgentFromRenewingBeforeTheExpiryThatFollowed() {
        Question token = missing(Link.AGENT_ATTESTED).node(node -> node.setAgentSvidExpiredSince(at(-10))
                .setRenewalFailingSince(at(-1800))
                .setRenewalError(OLD_TOKEN));
        Question datastore = missing(Link.AGENT_ATTESTED)
                .datastoreFails(-600, 60)
                .node(node -> node.setAgentSvidExpiredSince(at(-10)));

        assertThat(token.cause(60)).isEqualTo("NODE_TOKEN_REJECTED");
        assertThat(token.diagnosis(60).alternatives())
                .anyMatch(other -> other.getCause().equals("AGENT_SVID_EXPIRED"));
        assertThat(datastore.cause(62)).isEqualTo("SERVER_DATASTORE_DOWN");
    }

    @Test
    void shouldNotBlameTheExpiryOfAnAgentThatHasBeenDownForLong() {
        Question down = missing(Link.AGENT_READY).node(node -> node.setAgentReady(false)
                .setAgentReason("ImagePullBackOff")
                .setAgentNotReadySince(at(-7200))
                .setAgentSvidExpiresAt(at(-3600)));

        assertThat(down.cause(60)).isEqualTo("AGENT_NOT_READY");
        assertThat(down.diagnosis(60).variant()).isEqualTo("IMAGE");
    }

    @Test
    void shouldTellANodeWithoutAgentPodFromAnAgentPodThatDoesNotWork() {
        Question none = missing(Link.AGENT_READY)
                .node(node -> node.setAgentPod(null).setAgentReady(null).setAgentRunning(null));
        Question left = missing(Link.AGENT_READY).node(node -> node.setAgentPod(null)
                .setAgentReady(false)
                .setAgentReason("deleted")
                .setAgentNotReadySince(at(-70)));
        Question broken =
                missing(Link.AGENT_READY).node(node -> node.setAgentReady(false).setAgentReason("CrashLoopBackOff"));

        assertThat(none.cause(60)).isEqualTo("AGENT_NOT_ON_NODE");
        assertThat(left.cause(60)).isEqualTo("AGENT_NOT_ON_NODE");
        assertThat(broken.cause(60)).isEqualTo("AGENT_NOT_READY");
        assertThat(broken.ruledOut(60)).contains("AGENT_NOT_ON_NODE");
    }

    @Test
    void shouldNotMissAnAgentPodWhereNobodySeesAgentsAsPods() {
        Question nowhere = missing(Link.ENTRY_PRESENT).everyNode(node -> node.setAgentPod(null));

        assertThat(nowhere.cause(70)).isNotEqualTo("AGENT_NOT_ON_NODE");
    }

    @Test
    void shouldSayWhyAnAgentPodDoesNotServe() {
        Map<String, String> kinds = Map.of(
                "CrashLoopBackOff", "CRASH_LOOP",
                "PodInitializing", "INIT",
                "CreateContainerConfigError", "CONFIG",
                "Pending", "PENDING",
                "OOMKilled", "OUT_OF_MEMORY");

        kinds.forEach((reason, kind) -> assertThat(missing(Link.AGENT_READY)
                        .node(node -> node.setAgentReady(false)
                                .setAgentReason(reason)
                                .setAgentCrashError("unable to parse configuration"))
                        .diagnosis(60)
                        .variant())
                .isEqualTo(kind));
    }

    @Test
    void shouldSayWhoEvictedTheAgent() {
        Question byCommand = missing(Link.AGENT_ATTESTED)
                .node(node -> node.setEvictedAt(at(1)).setAgentDeletedAt(at(1)));
        Question many = missing(Link.AGENT_ATTESTED).everyNode(node -> node.setEvictedAt(at(1)));

        assertThat(byCommand.diagnosis(130).variant()).isEqualTo("OPERATOR");
        assertThat(many.diagnosis(130).variant()).isEqualTo("MANY");
        assertThat(many.diagnosis(130).cause()).isEqualTo("AGENT_EVICTED");
    }

    @Test
    void shouldLetABanComeBeforeEverything() {
        Question banned = missing(Link.AGENT_READY)
                .datastoreFails(-60, 60)
                .node(node -> node.setBanned(true).setBannedAt(at(-5)).setAgentSvidExpiredSince(at(-4)));

        assertThat(banned.cause(62)).isEqualTo("AGENT_BANNED");
    }

    @Test
    void shouldKnowFailuresToRenewThatAreNoMereOutage() {
        NodeTransition token = missing(Link.RENEWED)
                .node(node -> node.setRenewalFailingSince(at(0)).setRenewalError(OLD_TOKEN))
                .node("node-1");
        NodeTransition server = missing(Link.RENEWED)
                .node(node -> node.setRenewalFailingSince(at(0)).setRenewalError(NO_SERVER))
                .node("node-1");

        assertThat(AgentRenewalFailing.lasts(token)).isTrue();
        assertThat(AgentRenewalFailing.lasts(server)).isFalse();
    }

    @Test
    void shouldNameANodeThatStoodStillForWhatWaitsOnItAndNotForAReboot() {
        Question stood = missing(Link.AGENT_ATTESTED)
                .node(node -> node.setSuspendedFrom(at(2)).setResumedAt(at(160)).setAgentSvidExpiredSince(at(161)));
        Question rebooted = missing(Link.AGENT_READY)
                .node(node -> node.setAgentReady(false).setRebooted(true).setRecoveredAt(at(10)));

        assertThat(stood.cause(170)).isEqualTo("SUSPEND_OR_CLOCK_JUMP");
        assertThat(stood.diagnosis(170).variant()).isEqualTo("SUSPEND");
        assertThat(stood.cause(600)).isEqualTo("AGENT_SVID_EXPIRED");
        assertThat(rebooted.ruledOut(60)).contains("SUSPEND_OR_CLOCK_JUMP");
    }

    @Test
    void shouldNameAClockThatIsOffButNotForAnEntryThatIsMissing() {
        Question clock = missing(Link.SYNCHRONISED).entry(1).node(AgentCausesTest::clockBehind);
        Question noEntry = missing(Link.ENTRY_PRESENT).node(AgentCausesTest::clockBehind);

        assertThat(clock.diagnosis(60).variant()).isEqualTo("CLOCK");
        assertThat(noEntry.cause(70)).isNotEqualTo("SUSPEND_OR_CLOCK_JUMP");
    }

    private static void clockBehind(NodeTransition.Builder node) {
        node.setClockOffsetSeconds(-1500L)
                .setClockOffsetAt(at(0))
                .setClockWitness("an entry signed before it was created")
                .setSyncFailingSince(at(0));
    }
}
