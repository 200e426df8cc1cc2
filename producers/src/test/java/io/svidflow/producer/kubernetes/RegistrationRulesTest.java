package io.svidflow.producer.kubernetes;

import static io.svidflow.producer.kubernetes.Objects.namespace;
import static io.svidflow.producer.kubernetes.Objects.rule;
import static io.svidflow.producer.kubernetes.Objects.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.Selection;
import io.svidflow.producer.Observation.Change;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationRulesTest {

    private final RegistrationRules rules = new RegistrationRules(RegistrationRules.DEFAULT_IGNORED_NAMESPACES);

    @Test
    void shouldNotKnowBeforeRulesWereListed() {
        assertThat(rules.select("shop", Map.of())).isEqualTo(RuleSelection.UNKNOWN);

        rules.listed();

        assertThat(rules.select("shop", Map.of()).known()).isTrue();
        assertThat(rules.select("shop", Map.of()).rules()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                                             | true",
                "{'podSelector': {}, 'namespaceSelector': {}}                                                   | true",
                "{'podSelector': {'matchLabels': {'app': 'cart'}}}                                              | true",
                "{'podSelector': {'matchLabels': {'app': 'pay'}}}                                               | false",
                "{'podSelector': {'matchLabels': {'app': 'cart', 'spiffe': 'true'}}}                            | false",
                "{'podSelector': {'matchExpressions': [{'key':'app','operator':'In','values':['cart','x']}]}}   | true",
                "{'podSelector': {'matchExpressions': [{'key':'app','operator':'NotIn','values':['cart']}]}}    | false",
                "{'podSelector': {'matchExpressions': [{'key':'tier','operator':'NotIn','values':['a']}]}}      | true",
                "{'podSelector': {'matchExpressions': [{'key':'app','operator':'Exists'}]}}                     | true",
                "{'podSelector': {'matchExpressions': [{'key':'app','operator':'DoesNotExist'}]}}               | false",
                "{'namespaceSelector': {'matchLabels': {'kubernetes.io/metadata.name': 'shop'}}}                | true",
                "{'namespaceSelector': {'matchLabels': {'kubernetes.io/metadata.name': 'db'}}}                  | false",
                "{'namespaceSelector': {'matchExpressions': [{'key':'team','operator':'Exists'}]}}              | false"
            })
    void shouldSelectAsKubernetesDoes(String spec, boolean selects) {
        rules.rule(seen(rule("r", 3, spec.replace('\'', '"'))));

        assertThat(rules.select("shop", Map.of("app", "cart")).rules())
                .isEqualTo(selects ? List.of(new Selection("r", 3L)) : List.of());
    }

    @Test
    void shouldUseTheLabelsOfANamespaceThatWasSeen() {
        rules.rule(seen(rule("r", 1, "{\"namespaceSelector\": {\"matchLabels\": {\"team\": \"a\"}}}")));
        rules.namespace(seen(namespace("shop", Map.of("team", "a"))));

        assertThat(rules.select("shop", Map.of()).rules()).hasSize(1);
        assertThat(rules.select("other", Map.of()).rules()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"kube-system, 0", "kube-public, 0", "spire-system, 0", "spire, 1"})
    void shouldLeaveOutWhatTheControllerIgnores(String namespace, int selecting) {
        rules.rule(seen(rule("r", 1, "{}")));

        assertThat(rules.select(namespace, Map.of()).rules()).hasSize(selecting);
    }

    @Test
    void shouldUseAFallbackOnlyWhereNoOtherRuleSelects() {
        rules.rule(seen(rule("fallback", 1, "{\"fallback\": true}")));
        rules.rule(seen(rule("cart", 1, "{\"podSelector\": {\"matchLabels\": {\"app\": \"cart\"}}}")));

        assertThat(rules.select("shop", Map.of("app", "cart")).rules())
                .extracting(Selection::getRule)
                .containsExactly("cart");
        assertThat(rules.select("shop", Map.of()).rules())
                .extracting(Selection::getRule)
                .containsExactly("fallback");
    }

    @Test
    void shouldForgetARuleThatIsGone() {
        rules.rule(seen(rule("r", 1, "{}")));
        rules.rule(seen(rule("r", 1, "{}"), Change.DELETED, 1));

        assertThat(rules.select("shop", Map.of())).isEqualTo(new RuleSelection(true, List.of()));
    }

    @Test
    void shouldRefuseAnOperatorThatKubernetesDoesNotKnow() {
        String spec = "{\"podSelector\": {\"matchExpressions\": [{\"key\": \"app\", \"operator\": \"Like\"}]}}";

        assertThatThrownBy(() -> rules.rule(seen(rule("r", 1, spec))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ClusterSPIFFEID r")
                .hasMessageContaining("Like");
    }
}
