package io.svidflow.resync.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.ControlKind;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationEvidence;
import io.svidflow.event.RemediationIntent;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationResult;
import io.svidflow.event.RemediationRun;
import io.svidflow.resync.kubernetes.KubernetesCluster;
import io.svidflow.resync.kubernetes.SampleCluster;
import io.svidflow.resync.kubernetes.SmallKubernetes;
import io.svidflow.resync.kubernetes.SmallKubernetes.Fault;
import io.svidflow.resync.scene.Plane;
import io.svidflow.resync.scene.SeenAgent;
import io.svidflow.resync.scene.SeenEntry;
import io.svidflow.serde.EventClasses;
import io.svidflow.signing.CommandSigner;
import io.svidflow.signing.CommandVerifier;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActorTest {

    private static final Instant NOW = Instant.parse("2025-02-06T00:26:00Z");
    private static final String TOKEN = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln";

    static {
        EventClasses.trust();
    }

    private final SmallKubernetes kubernetes = SampleCluster.fill(new SmallKubernetes());
    private final KubernetesCluster cluster = new KubernetesCluster(kubernetes.access(), Duration.ofSeconds(1));
    private final Intents intents = new Intents("prod");
    private final Pauses pauses = new Pauses("prod");
    private final MemoryJournal journal = new MemoryJournal();
    private KeyPair keys;
    private Plane plane = new Plane(
            Optional.empty(),
            Optional.of(new SeenAgent(SampleCommands.AGENT_ID, false, true, "serial 1, token " + TOKEN)),
            Optional.of(new SeenEntry("entry-1", 7, "entry-1 revision 7")));
    private Instant now = NOW;
    private Allowance allowance =
            Allowance.parse(List.of("RESTART_AGENT", "RESTART_WORKLOAD", "POKE_REGISTRAR"), List.of());

    @BeforeEach
    void newKeys() throws GeneralSecurityException {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @AfterEach
    void stop() {
        cluster.close();
        kubernetes.close();
    }

    @Test
    void shouldWriteTheIntentThenActThenWriteTheEnd() throws InterruptedException {
        kubernetes.atChange(() -> assertThat(journal.order).containsExactly("intends"));

        handle(SampleCommands.restartAgent(NOW));

        assertThat(journal.order).containsExactly("intends", "ended");
        assertThat(kubernetes.done()).containsExactly("DELETE agent-on-node-1");
        RemediationResult end = journal.last();
        assertThat(end.getOutcome()).as(end.getDetail()).isEqualTo(RemediationOutcome.EXECUTED);
        assertThat(end.getExecutedAt()).isEqualTo(NOW);
        assertThat(end.getIntentAt()).isEqualTo(NOW);
        assertThat(end.getAttempt()).isEqualTo(1);
    }

    @Test
    void shouldEvictAWorkloadAndAnnotateForTheRegistrar() throws InterruptedException {
        handle(SampleCommands.poke(NOW).setId("poke"));
        handle(SampleCommands.restartCart(NOW).setId("restart"));

        assertThat(kubernetes.done()).containsExactly("PATCH uid-1", "POST uid-1");
    }

    @Test
    void shouldDoNothingIfTheIntentCannotBeWritten() {
        journal.full = true;

        assertThatThrownBy(() -> handle(SampleCommands.restartAgent(NOW))).hasMessageContaining("do not take it");
        assertThat(kubernetes.done()).isEmpty();
    }

    @Test
    void shouldSaveEvidenceBeforeAndKeepSecretsOutOfIt() throws InterruptedException {
        handle(SampleCommands.restartAgent(NOW));

        assertThat(journal.evidence)
                .extracting(RemediationEvidence::getKind)
                .containsExactly("pod", "agent-log", "agent-state", "entry");
        assertThat(journal.evidence).extracting(RemediationEvidence::getText).noneMatch(text -> text.contains(TOKEN));
        assertThat(journal.evidence.get(1).getText()).contains("synchronised").doesNotContain("abcdef");
        assertThat(journal.last().getEvidence()).hasSize(4).allSatisfy(piece -> {
            assertThat(piece.getRef()).startsWith("svidflow.remediation-evidence/command-1/1/");
            assertThat(piece.getDigest()).hasSize(64);
        });
    }

    @Test
    void shouldCarryOutNothingTwice() throws InterruptedException {
        handle(SampleCommands.restartAgent(NOW));
        handle(SampleCommands.restartAgent(NOW));
        handle(SampleCommands.restartAgent(NOW).setAttempt(2));

        assertThat(kubernetes.done()).hasSize(1);
        refused("G12 once", "not carried out twice");
        assertThat(journal.results.get(2))
                .as("a repetition gets the same answer")
                .isEqualTo(journal.results.get(1));
    }

    @Test
    void shouldTryAgainWhatWasProvenNotToBeDone() throws InterruptedException {
        kubernetes.fails(Fault.FORBIDDEN);
        handle(SampleCommands.restartAgent(NOW));
        assertThat(journal.last().getOutcome()).isEqualTo(RemediationOutcome.FAILED);
        kubernetes.fails(Fault.NONE);

        handle(SampleCommands.restartAgent(NOW).setAttempt(2));

        assertThat(journal.last().getOutcome()).isEqualTo(RemediationOutcome.EXECUTED);
    }

    @Test
    void shouldNotTryAgainWhatMayHaveBeenDone() throws InterruptedException {
        kubernetes.fails(Fault.DONE_AND_DROPPED);
        handle(SampleCommands.restartAgent(NOW));
        assertThat(journal.last().getOutcome()).isEqualTo(RemediationOutcome.AMBIGUOUS);
        assertThat(journal.last().getDetail()).contains("is being deleted");
        kubernetes.fails(Fault.NONE);

        handle(SampleCommands.restartAgent(NOW).setAttempt(2));

        assertThat(kubernetes.done()).hasSize(1);
        refused("G12 once", "may have been");
    }

    @Test
    void shouldAskAPersonAboutWhatAPredecessorBegan() throws InterruptedException {
        RemediationIntent begun = RemediationIntent.newBuilder()
                .setCommandId("command-1")
                .setCluster("prod")
                .setAction(RemediationAction.RESTART_AGENT)
                .setAttempt(1)
                .setNode("node-1")
                .setTarget(SampleCommands.restartAgent(NOW).getTarget())
                .setActor("resync-agent-before")
                .setPartition(0)
                .setAt(NOW.minusSeconds(5))
                .setExpiresAt(NOW.plusSeconds(55))
                .build();
        intents.learn(begun);
        assertThat(intents.open(Set.of(0))).containsExactly(begun);

        actor().orphaned(begun);
        handle(SampleCommands.restartAgent(NOW));

        assertThat(intents.open(Set.of(0))).isEmpty();
        assertThat(journal.results)
                .extracting(RemediationResult::getOutcome)
                .containsExactly(RemediationOutcome.AMBIGUOUS, RemediationOutcome.AMBIGUOUS);
        assertThat(journal.results.get(0).getDetail()).contains("resync-agent-before", "is still there");
        assertThat(kubernetes.done()).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNotSignedOrWasChanged() throws InterruptedException {
        handleUnsigned(SampleCommands.restartAgent(NOW).build());
        refused("G30 authorised", "not signed");

        RemediationCommand changed = RemediationCommand.newBuilder(signed(SampleCommands.restartAgent(NOW)))
                .setTarget(SampleCommands.restartCart(NOW).getTarget())
                .build();
        handleUnsigned(changed);
        refused("G30 authorised", "does not fit");
    }

    @Test
    void shouldCarryOutOnlyWhatItMay() throws InterruptedException {
        allowance = Allowance.parse(List.of("POKE_REGISTRAR"), List.of());
        handle(SampleCommands.restartAgent(NOW));
        refused("G30 authorised", "may not RESTART_AGENT");

        allowance = Allowance.parse(List.of("RESTART_AGENT:decider-2"), List.of());
        handle(SampleCommands.restartAgent(NOW));
        refused("G30 authorised", "decider-2");

        allowance = Allowance.parse(List.of("RESTART_AGENT"), List.of("REGISTRAR_LAG"));
        handle(SampleCommands.restartAgent(NOW));
        refused("G30 authorised", "AGENT_SYNC_BACKOFF");
    }

    @Test
    void shouldRefuseReplaysTestsAndOtherDeciders() throws InterruptedException {
        handleUnsigned(
                SampleCommands.restartAgent(NOW).setRun(RemediationRun.REPLAY).build());
        refused("G28 in-earnest", "REPLAY");
        handle(SampleCommands.restartAgent(NOW).setMode("suggest"));
        refused("G28 in-earnest", "suggest");
        handle(SampleCommands.restartAgent(NOW).setIssuer("somebody"));
        refused("G28 in-earnest", "somebody");
    }

    @Test
    void shouldNotEvenObserveAReplay() throws InterruptedException {
        handleUnsigned(SampleCommands.command(RemediationAction.WAIT, "AGENT_SYNC_BACKOFF", NOW)
                .setRun(RemediationRun.REPLAY)
                .setMode("replay")
                .build());
        refused("G28 in-earnest", "REPLAY");
    }

    @Test
    void shouldNeverActOnABan() throws InterruptedException {
        handle(SampleCommands.restartAgent(NOW).setCause("AGENT_BANNED"));
        refused("S1 never-remedied", "AGENT_BANNED");
    }

    @Test
    void shouldRefuseWhatIsLateOrABacklogOrTooLongLived() throws InterruptedException {
        handle(SampleCommands.restartAgent(NOW.minusSeconds(61)));
        assertThat(journal.last().getOutcome()).isEqualTo(RemediationOutcome.EXPIRED);

        actor().handle(new Delivery(signed(SampleCommands.restartAgent(NOW)), 0, 7, true));
        refused("G8 no-backlog", "decided anew");

        handle(SampleCommands.restartAgent(NOW.plusSeconds(20)));
        refused("G8 in-time", "clocks");

        handle(SampleCommands.restartAgent(NOW).setExpiresAt(NOW.plusSeconds(3600)));
        refused("G24 short-lived", "3600 s");
    }

    @Test
    void shouldRespectAPauseUntilItEnds() throws InterruptedException {
        RemediationControl.Builder wish = RemediationControl.newBuilder()
                .setCluster("prod")
                .setAt(NOW)
                .setOperator("ada")
                .setReason("upgrade");
        pauses.learn(wish.setId("p-1").setKind(ControlKind.PAUSE).build());
        handle(SampleCommands.restartAgent(NOW));
        refused("G20 paused", "ada");

        pauses.learn(wish.setId("r-1").setKind(ControlKind.RESUME).build());
        handle(SampleCommands.restartAgent(NOW));
        assertThat(journal.last().getOutcome()).isEqualTo(RemediationOutcome.EXECUTED);
    }

    @Test
    void shouldNotRestartOneAgentRightAfterAnother() throws InterruptedException {
        handle(SampleCommands.restartAgent(NOW).setId("first"));
        now = NOW.plusSeconds(240);
        handle(SampleCommands.restartAgent(now).setId("second"));

        refused("S7 agent-spacing", "node-1");
    }

    @Test
    void shouldStopAtItsOwnCapWhateverIsOrdered() throws InterruptedException {
        for (int i = 0; i < 25; i++) {
            handle(SampleCommands.poke(NOW).setId("poke-" + i));
        }

        assertThat(kubernetes.done()).hasSize(20);
        refused("G10 actor-cap", "20 times");
    }

    @Test
    void shouldLookAgainAndRefuseWhatHasChanged() throws InterruptedException {
        plane = Plane.silent("rpc error: code = Unavailable");
        handle(SampleCommands.restartAgent(NOW));
        assertThat(journal.last().getOutcome()).isEqualTo(RemediationOutcome.VETOED);

        kubernetes.blind();
        handle(SampleCommands.restartAgent(NOW));
        assertThat(journal.last().getOutcome()).isEqualTo(RemediationOutcome.VETOED);
        assertThat(journal.last().getDetail()).contains("blind");
        assertThat(kubernetes.done()).isEmpty();
    }

    @Test
    void shouldNotAnswerForAnotherCluster() throws InterruptedException {
        handle(SampleCommands.restartAgent(NOW).setCluster("staging"));

        assertThat(journal.order).containsExactly("skipped");
    }

    @Test
    void shouldObserveWhatChangesNothing() throws InterruptedException {
        handleUnsigned(SampleCommands.command(RemediationAction.WAIT, "AGENT_SYNC_BACKOFF", NOW)
                .setMode("observe")
                .build());
        assertThat(journal.last().getOutcome()).isEqualTo(RemediationOutcome.OBSERVED);

        handleUnsigned(SampleCommands.command(RemediationAction.NOTIFY, "AGENT_BANNED", NOW)
                .setPodUid("uid-0")
                .build());
        assertThat(journal.last().getOutcome()).isEqualTo(RemediationOutcome.TARGET_GONE);
    }

    private void refused(String guard, String words) {
        RemediationResult last = journal.last();
        assertThat(last.getOutcome()).as(last.getDetail()).isEqualTo(RemediationOutcome.REFUSED);
        assertThat(last.getRefusal().getGuard()).isEqualTo(guard);
        assertThat(last.getDetail()).contains(words);
    }

    private void handle(RemediationCommand.Builder command) throws InterruptedException {
        handleUnsigned(signed(command));
    }

    private void handleUnsigned(RemediationCommand command) throws InterruptedException {
        actor().handle(new Delivery(command, 0, 7, false));
    }

    private RemediationCommand signed(RemediationCommand.Builder command) {
        return new CommandSigner("decider-1", keys.getPrivate()).sign(command.build());
    }

    private Actor actor() {
        return new Actor(
                new ActorSettings("tester", "prod", allowance, Set.of("kube-system")),
                new CommandVerifier(Map.of("decider-1", keys.getPublic())),
                cluster,
                command -> plane,
                intents,
                pauses,
                journal,
                Clock.fixed(now, ZoneOffset.UTC));
    }
}
