package io.svidflow.producer.kubernetes;

import static io.svidflow.producer.kubernetes.Objects.rule;
import static io.svidflow.producer.kubernetes.Objects.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.Publication;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the registrar counts in the status of a rule becomes a fact when it changes. */
class RuleStatusTest {

    private final RuleStatus status = new RuleStatus(new EventHeaders("lab", "kubernetes"));

    @Test
    void shouldPublishTheCountsOfARule() {
        Publication publication = status.rule(seen(counting(2))).orElseThrow();

        assertThat(publication.key()).isEqualTo("lab");
        assertThat(signal(publication).getKind()).isEqualTo(ServerSignalKind.RULE_STATUS);
        assertThat(signal(publication).getSubject()).isEqualTo("shop");
        assertThat(signal(publication).getCounts()).isEqualTo(Map.of("podEntryRenderFailures", 2, "podsSelected", 5));
    }

    @Test
    void shouldNotPublishCountsThatAreTheSame() {
        status.rule(seen(counting(2)));

        assertThat(status.rule(seen(counting(2), Change.MODIFIED, 1))).isEmpty();
        assertThat(status.rule(seen(counting(3), Change.MODIFIED, 2))).isPresent();
    }

    @Test
    void shouldSayNothingOfARuleThatNobodyCounted() {
        assertThat(status.rule(seen(rule("shop", 1, "{}")))).isEmpty();
        assertThat(status.rule(seen(with(rule("shop", 1, "{}"), "no map")))).isEmpty();
        assertThat(status.rule(seen(with(rule("shop", 1, "{}"), Map.of("stats", Map.of("podsSelected", "many"))))))
                .isEmpty();
    }

    @Test
    void shouldTellThatARuleIsGone() {
        status.rule(seen(counting(2)));

        Publication gone = status.rule(seen(counting(2), Change.DELETED, 1)).orElseThrow();

        assertThat(signal(gone).getCounts()).isEmpty();
    }

    private static GenericKubernetesResource counting(int failures) {
        return with(
                rule("shop", 1, "{}"), Map.of("stats", Map.of("podEntryRenderFailures", failures, "podsSelected", 5)));
    }

    private static GenericKubernetesResource with(GenericKubernetesResource rule, Object status) {
        rule.setAdditionalProperty("status", status);
        return rule;
    }

    private static ServerSignal signal(Publication publication) {
        return (ServerSignal) ((ServerEvent) publication.value()).getBody();
    }
}
