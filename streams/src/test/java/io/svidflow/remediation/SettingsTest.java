package io.svidflow.remediation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationRun;
import io.svidflow.remediation.guard.Panel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an installation may ask for, and what it gets instead of something careless. */
class SettingsTest {

    @Test
    void shouldReplaceCarelessLimitsAndSaySo() {
        Limits limits = new Limits(
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                99,
                1000,
                1.0,
                99,
                99,
                List.of());

        assertThat(limits.proof()).isEqualTo(Duration.ofSeconds(60));
        assertThat(limits.validity()).isEqualTo(Duration.ofMinutes(5));
        assertThat(limits.verification()).isEqualTo(Duration.ofSeconds(60));
        assertThat(limits.spacing()).isEqualTo(Duration.ofMinutes(5));
        assertThat(limits.maxInFlight()).isEqualTo(3);
        assertThat(limits.maxShare()).isEqualTo(0.5);
        assertThat(limits.complaints())
                .hasSize(12)
                .contains("proof is 5 s, which is not between 60 and 86400 s; 60 s is used");
        assertThat(Limits.defaults().complaints()).isEmpty();
    }

    @Test
    void shouldLetTheRuleCountThatSaysMost() {
        Modes modes =
                Modes.parse("*=suggest, REGISTRAR_LAG=act, REGISTRAR_LAG/shop=observe, prod:REGISTRAR_LAG=suggest");

        assertThat(mode(modes, "lab", "AGENT_SVID_EXPIRED", "app")).isEqualTo(Mode.SUGGEST);
        assertThat(mode(modes, "lab", "REGISTRAR_LAG", "app")).isEqualTo(Mode.ACT);
        assertThat(mode(modes, "lab", "REGISTRAR_LAG", "shop")).isEqualTo(Mode.OBSERVE);
        assertThat(mode(modes, "prod", "REGISTRAR_LAG", "app")).isEqualTo(Mode.SUGGEST);
    }

    @Test
    void shouldNameRulesThatContradictOneAnother() {
        assertThat(Modes.parse("REGISTRAR_LAG=act,REGISTRAR_LAG=suggest").overlaps())
                .containsExactly("rules REGISTRAR_LAG=act and REGISTRAR_LAG=suggest speak of the same; the later one"
                        + " counts");
    }

    @Test
    void shouldExplainRulesThatItCannotRead() {
        assertThatThrownBy(() -> Modes.parse("REGISTRAR_LAG")).hasMessageContaining("CAUSE=suggest");
        assertThatThrownBy(() -> Modes.parse("NO_SUCH=act")).hasMessageContaining("NO_SUCH");
        assertThatThrownBy(() -> Modes.parse("REGISTRAR_LAG=maybe")).hasMessageContaining("is no rule");
    }

    @Test
    void shouldLetNobodyGrantOrSignInsteadOfAnOperator() {
        assertThatThrownBy(() -> new Policy(
                        RemediationRun.LIVE,
                        Modes.OBSERVING,
                        Limits.defaults(),
                        Policy.PROTECTED,
                        false,
                        Policy.USUAL_GRANTS))
                .hasMessageContaining("by its operators alone");
        assertThatThrownBy(() -> new Policy(
                        RemediationRun.REPLAY, Modes.OBSERVING, Limits.defaults(), Policy.PROTECTED, true, List.of()))
                .hasMessageContaining("never signed");
    }

    @Test
    void shouldEndEveryLadderWithAPersonAndBeginItWithWaiting() {
        assertThat(Ladder.all().values()).allSatisfy(ladder -> {
            assertThat(ladder).first().isEqualTo(RemediationAction.WAIT);
            assertThat(ladder).last().isEqualTo(RemediationAction.NOTIFY);
        });
        assertThat(Ladder.remediedCauses()).doesNotContain("AGENT_BANNED", "NODE_ATTEST_TOFU_LOCKED");
    }

    @Test
    void shouldRefuseWhereAGuardCannotAnswer() {
        Situation situation = new Situation();
        situation.finding(finding -> finding.setHistory(List.of()));

        assertThat(situation.ask())
                .filteredOn(decision -> decision.getGuard().equals("G32 fail-closed"))
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.getPassed()).isFalse();
                    assertThat(decision.getBecause()).contains("S2 certainty");
                });
        assertThat(situation.ask()).hasSameSizeAs(Panel.all());
        assertThat(situation.ask()).extracting(GuardDecision::getGuard).doesNotHaveDuplicates();
    }

    private static Mode mode(Modes modes, String cluster, String cause, String namespace) {
        return modes.rule(cluster, cause, namespace).orElseThrow().mode();
    }
}
