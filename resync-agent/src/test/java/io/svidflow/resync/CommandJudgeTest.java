package io.svidflow.resync;

import static io.svidflow.event.RemediationOutcome.EXPIRED;
import static io.svidflow.event.RemediationOutcome.OBSERVED;
import static io.svidflow.event.RemediationOutcome.TARGET_GONE;
import static io.svidflow.event.RemediationOutcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandJudgeTest {

    private static final Instant ISSUED = Instant.parse("2025-02-06T00:26:00Z");
    private static final Instant EXPIRES = ISSUED.plusSeconds(300);
    private static final Instant NOW = ISSUED.plusSeconds(1);

    private static final KnownNode NODE = new KnownNode("boot-1", ISSUED);
    private static final KnownPod CART = new KnownPod("uid-1", "shop", "cart", false, ISSUED);
    private static final KnownPod AGENT = new KnownPod("uid-agent", "spire", "agent-x", true, ISSUED);
    private static final NodeView VIEW = new NodeView(NODE, List.of(CART, AGENT));

    @Test
    void shouldObserveATargetThatIsAsTheCommandSays() {
        assertThat(CommandJudge.judge(waitFor("uid-1"), VIEW, NOW))
                .isEqualTo(new Judgment(
                        OBSERVED, "pod shop/cart with UID uid-1 is as the command says; WAIT changes nothing"));
    }

    @Test
    void shouldObserveOnTheLastInstantAndRefuseAfterIt() {
        assertThat(CommandJudge.judge(waitFor("uid-1"), VIEW, EXPIRES).outcome())
                .isEqualTo(OBSERVED);
        assertThat(CommandJudge.judge(waitFor("uid-1"), VIEW, EXPIRES.plusSeconds(1)))
                .isEqualTo(new Judgment(
                        EXPIRED,
                        "the command was good until 2025-02-06T00:31:00Z, and Kubernetes is known up to"
                                + " 2025-02-06T00:31:01Z"));
    }

    @Test
    void shouldRefuseWhenThePodIsGone() {
        NodeView without = new NodeView(NODE, List.of(AGENT));

        assertThat(CommandJudge.judge(waitFor("uid-1"), without, NOW))
                .isEqualTo(new Judgment(
                        TARGET_GONE,
                        "pod shop/cart with UID uid-1 is not on node node-1 any more: no pod of that name is there"));
    }

    @Test
    void shouldRefuseWhenAnotherPodHasTheName() {
        assertThat(CommandJudge.judge(waitFor("uid-0"), VIEW, NOW))
                .isEqualTo(new Judgment(
                        TARGET_GONE,
                        "pod shop/cart with UID uid-0 is not on node node-1 any more: another pod has taken its name,"
                                + " with UID uid-1"));
    }

    @Test
    void shouldRefuseWhenTheNodeHasBootedSince() {
        NodeView rebooted = new NodeView(new KnownNode("boot-2", NOW), List.of(CART, AGENT));

        assertThat(CommandJudge.judge(waitFor("uid-1"), rebooted, NOW))
                .isEqualTo(new Judgment(
                        TARGET_GONE,
                        "the command is for boot boot-1 of node node-1, which has booted since: it is in boot boot-2"));
    }

    @Test
    void shouldRefuseWhenTheBootCannotBeProven() {
        NodeView unseen = new NodeView(null, List.of(CART, AGENT));

        assertThat(CommandJudge.judge(waitFor("uid-1"), unseen, NOW).detail())
                .isEqualTo("the command is for boot boot-1 of node node-1, whose boot is not known");
    }

    @Test
    void shouldRefuseWhenTheAgentPodIsAnother() {
        KnownPod other = new KnownPod("uid-agent-2", "spire", "agent-y", true, NOW);

        assertThat(CommandJudge.judge(waitFor("uid-1"), new NodeView(NODE, List.of(CART, other)), NOW))
                .isEqualTo(new Judgment(
                        TARGET_GONE,
                        "the command is for the SPIRE agent in the pod with UID uid-agent, which is not on node node-1"
                                + " any more"));
    }

    @Test
    void shouldAskForNothingThatTheCommandDoesNotName() {
        Command ofNode =
                new Command("c", "prod", "NOTIFY", null, null, null, "node-1", null, null, ISSUED, ISSUED, EXPIRES);

        assertThat(CommandJudge.judge(ofNode, new NodeView(null, List.of()), NOW))
                .isEqualTo(new Judgment(OBSERVED, "node node-1 is as the command says; NOTIFY changes nothing"));
    }

    @Test
    void shouldLeaveAnActionOfANewerReleaseAlone() {
        Command newer =
                new Command("c", "prod", "UNKNOWN", null, null, null, "node-1", null, null, ISSUED, ISSUED, EXPIRES);

        assertThat(CommandJudge.judge(newer, VIEW, NOW))
                .isEqualTo(new Judgment(
                        UNKNOWN, "the action of command c is of a newer release: upgrade the resync agent"));
    }

    @Test
    void shouldNotTakeACommandThatExpiresBeforeItIsIssued() {
        assertThatThrownBy(() -> new Command(
                        "c", "prod", "WAIT", null, null, null, "n", null, null, ISSUED, ISSUED, ISSUED.minusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("command c expires at 2025-02-06T00:25:59Z, before it was issued at 2025-02-06T00:26:00Z");
    }

    private static Command waitFor(String podUid) {
        return new Command(
                "c", "prod", "WAIT", "shop", "cart", podUid, "node-1", "boot-1", "uid-agent", ISSUED, ISSUED, EXPIRES);
    }
}
