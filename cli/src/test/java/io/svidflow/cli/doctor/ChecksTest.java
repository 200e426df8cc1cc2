package io.svidflow.cli.doctor;

import static io.svidflow.cli.doctor.Deployment.DEMANDS;
import static io.svidflow.cli.doctor.Deployment.START;
import static io.svidflow.event.PodRole.DATASTORE;
import static io.svidflow.event.PodRole.SPIRE_AGENT;
import static io.svidflow.event.PodRole.SPIRE_SERVER;
import static io.svidflow.event.PodRole.WORKLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each check says of a deployment that has the fault, of one that has not, and of one that nobody showed it. */
class ChecksTest {

    private final Deployment deployment = new Deployment();

    @Test
    void shouldFindADatastoreAmongWorkloads() {
        deployment.pod(DATASTORE, "postgres-0", "n1").pod(WORKLOAD, "cart", "n1");

        assertThat(remarks(new DatastorePlacement()))
                .containsExactly("RISK datastore pod spire/postgres-0 runs on n1" + " beside 1 workload pods");
    }

    @Test
    void shouldLeaveADatastoreOfItsOwnNodeAlone() {
        deployment
                .pod(DATASTORE, "postgres-0", "n1")
                .pod(WORKLOAD, "cart", "n2")
                .pod(SPIRE_SERVER, "server-0", "n3");

        assertThat(severities(new DatastorePlacement())).containsExactly(Severity.FINE);
    }

    @Test
    void shouldFindServerAndDatastoreOnOneNode() {
        deployment.pod(DATASTORE, "postgres-0", "n1").pod(SPIRE_SERVER, "server-0", "n1");

        assertThat(severities(new DatastorePlacement())).containsExactly(Severity.RISK);
    }

    @Test
    void shouldNotCallADatastoreFineThatNobodySaw() {
        assertThat(severities(new DatastorePlacement())).containsExactly(Severity.NOT_CHECKED);

        deployment.pod(WORKLOAD, "cart", "n1");

        assertThat(severities(new DatastorePlacement())).containsExactly(Severity.NOT_CHECKED);
    }

    @Test
    void shouldFindWhatThereIsOnlyOneOf() {
        deployment.pod(SPIRE_SERVER, "server-0", "n1").pod(DATASTORE, "postgres-0", "n2");

        assertThat(remarks(new Redundancy()))
                .containsExactly(
                        "RISK SPIRE server spire/server-0 is the only one",
                        "RISK datastore spire/postgres-0 is the only one");
    }

    @Test
    void shouldCountReplicas() {
        deployment.pod(SPIRE_SERVER, "server-0", "n1").pod(SPIRE_SERVER, "server-1", "n2");

        assertThat(remarks(new Redundancy())).containsExactly("FINE 2 SPIRE servers");
    }

    @Test
    void shouldFindReplicasThatMayShareANode() {
        deployment.controller(SPIRE_SERVER, "server", 3, false).controller(DATASTORE, "postgres", 2, true);

        assertThat(severities(new Spread())).containsExactly(Severity.RISK, Severity.FINE);
    }

    @Test
    void shouldSayWhenControllersWereNotCollected() {
        assertThat(severities(new Spread())).containsExactly(Severity.NOT_CHECKED);
    }

    @Test
    void shouldFindPodsThatNoBudgetCovers() {
        deployment
                .pod(SPIRE_SERVER, "server-0", "n1")
                .pod(DATASTORE, "postgres-0", "n2")
                .budget("server", Map.of("app", "server-0"));

        assertThat(remarks(new DisruptionBudgets()))
                .containsExactly(
                        "FINE spire/server-0 is covered by PodDisruptionBudget server",
                        "RISK no PodDisruptionBudget covers spire/postgres-0");
    }

    @Test
    void shouldNotTakeBudgetsThatWereNotCollectedForMissingOnes() {
        deployment.pod(SPIRE_SERVER, "server-0", "n1");

        assertThat(severities(new DisruptionBudgets())).containsExactly(Severity.NOT_CHECKED);
    }

    @Test
    void shouldFindNodesWithWorkloadsAndNoAgent() {
        deployment
                .node("n1")
                .node("n2")
                .node("n3")
                .pod(WORKLOAD, "cart", "n1")
                .pod(SPIRE_AGENT, "agent-1", "n1")
                .pod(WORKLOAD, "payment", "n2");

        assertThat(remarks(new AgentsOnNodes())).containsExactly("RISK no agent pod on n2, where workloads run");
    }

    @Test
    void shouldMeasureAgentLifetimeAgainstTheOutageToSurvive() {
        deployment.agent("n1", null, Duration.ofHours(1));
        assertThat(severities(new AgentLifetime())).containsExactly(Severity.FINE);

        List<Remark> longer = new AgentLifetime()
                .look(deployment.layout(), new Demands(Duration.ofMinutes(28), Duration.ofSeconds(5)));

        assertThat(longer).extracting(Remark::severity).containsExactly(Severity.RISK);
        assertThat(longer.get(0).because()).contains("27m 00s").contains("28m 00s");
    }

    @Test
    void shouldMeasureSvidLifetimeByTheAuditLog() {
        deployment.serverLog(100, 50, Duration.ofSeconds(5), Duration.ofMinutes(30));

        assertThat(severities(new SvidLifetime())).containsExactly(Severity.RISK);
    }

    @Test
    void shouldNotGuessSvidLifetime() {
        deployment.serverLog(100, 0, null, null);

        assertThat(severities(new SvidLifetime())).containsExactly(Severity.NOT_CHECKED);
    }

    @Test
    void shouldMeasureNodeTokens() {
        deployment.controller(SPIRE_AGENT, "agent", 5, false, Duration.ofHours(2), Duration.ofMinutes(30));

        assertThat(severities(new NodeTokens())).containsExactly(Severity.FINE, Severity.NUMBER);
    }

    @Test
    void shouldKnowTheFaultsOfAVersion() {
        deployment.agent("n1", "1.9.1", Duration.ofHours(1));
        assertThat(severities(new Versions())).contains(Severity.RISK);

        Deployment newer = new Deployment().agent("n1", "1.15.1", Duration.ofHours(1));

        assertThat(new Versions().look(newer.layout(), DEMANDS))
                .extracting(Remark::severity)
                .doesNotContain(Severity.RISK);
    }

    @Test
    void shouldNameMixedVersions() {
        deployment.agent("n1", "1.14.3", Duration.ofHours(1)).agent("n2", "1.15.3", Duration.ofHours(1));

        assertThat(remarks(new Versions())).contains("NUMBER agents of versions 1.14.3, 1.15.3");
    }

    @Test
    void shouldTakeTheVersionOfTheManifestWhereAgentsSayNothing() {
        deployment.version("1.12.2");

        assertThat(remarks(new Versions())).contains("FINE agents of version 1.12.2");
    }

    @Test
    void shouldNotGuessAVersion() {
        assertThat(severities(new Versions())).containsExactly(Severity.NOT_CHECKED);
    }

    @Test
    void shouldFindAgentsWithEntriesForHalfAMessage() {
        deployment.parent(4000, 3L << 20);

        assertThat(severities(new EntryLoad())).containsExactly(Severity.RISK);
    }

    @Test
    void shouldFindAnAuditLogThatIsOff() {
        deployment.serverLog(1000, 0, null, null);

        assertThat(severities(new AuditLog())).containsExactly(Severity.BLIND);
    }

    @Test
    void shouldNotTakeAMissingLogForAnAuditLogThatIsOff() {
        assertThat(severities(new AuditLog())).containsExactly(Severity.NOT_CHECKED);
    }

    @Test
    void shouldFindRefusalsThatNameNoPod() {
        deployment.agentLog(100, 0, 7, 0);

        assertThat(remarks(new NamedRefusals()))
                .containsExactly("BLIND agents log at info: of 7 refused requests 0 can be tied to their pods");
    }

    @Test
    void shouldAcceptSelectorsOnTheRefusalItself() {
        deployment.agentLog(100, 0, 7, 7);

        assertThat(severities(new NamedRefusals())).containsExactly(Severity.FINE);
    }

    @Test
    void shouldFindSynchronisationsThatNobodySees() {
        deployment.serverLog(100, 0, null, null);

        assertThat(severities(new Synchronisation())).containsExactly(Severity.BLIND);
    }

    @Test
    void shouldTellHowOftenAgentsSynchronise() {
        deployment.serverLog(100, 60, Duration.ofMillis(5100), null);

        assertThat(remarks(new Synchronisation()))
                .containsExactly(
                        "NUMBER the audit log shows 60 synchronisations, of one" + " agent every 5.1 s (median)");
    }

    @Test
    void shouldFindEveryStateThatWasNotCollected() {
        deployment.collected("entries", "agents", "nodes", "pods", "agent-debug");

        assertThat(remarks(new CollectedState())).containsExactly("BLIND raw/clusterspiffeids.jsonl was not collected");
    }

    @Test
    void shouldFindASilentServerLogAfterARecovery() {
        deployment.node("n1", START.plusSeconds(90)).serverLog(10, 0, null, null, START);
        assertThat(severities(new LogAfterRecovery())).containsExactly(Severity.BLIND);

        Deployment told =
                new Deployment().node("n1", START.plusSeconds(90)).serverLog(10, 0, null, null, START.plusSeconds(180));

        assertThat(new LogAfterRecovery().look(told.layout(), DEMANDS))
                .extracting(Remark::severity)
                .containsExactly(Severity.FINE);
    }

    @Test
    void shouldTellTheWindowThatATestNeeds() {
        deployment.setting("testWindow", "10m");
        Remark remark =
                new ValidationWindow().look(deployment.layout(), DEMANDS).get(0);

        assertThat(remark.seen()).contains("15m 00s").contains("20m 26s");
        assertThat(remark.because()).contains("watched for 10m");
    }

    private List<String> remarks(Check check) {
        return check.look(deployment.layout(), DEMANDS).stream()
                .map(remark -> remark.severity() + " " + remark.seen())
                .toList();
    }

    private List<Severity> severities(Check check) {
        return check.look(deployment.layout(), DEMANDS).stream()
                .map(Remark::severity)
                .toList();
    }
}
