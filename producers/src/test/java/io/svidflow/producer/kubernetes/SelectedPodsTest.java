package io.svidflow.producer.kubernetes;

import static io.svidflow.producer.kubernetes.Objects.namespace;
import static io.svidflow.producer.kubernetes.Objects.pod;
import static io.svidflow.producer.kubernetes.Objects.podOf;
import static io.svidflow.producer.kubernetes.Objects.rule;
import static io.svidflow.producer.kubernetes.Objects.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.PodObserved;
import io.svidflow.event.Selection;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation.Change;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectedPodsTest {

    private static final String CARTS = "{\"podSelector\": {\"matchLabels\": {\"app\": \"cart\"}}}";

    private final SelectedPods pods = new SelectedPods(
            new PodMapper(new EventHeaders("lab", "kubernetes")),
            new RegistrationRules(RegistrationRules.DEFAULT_IGNORED_NAMESPACES));

    @Test
    void shouldPublishThePodsThatANewRuleTouches() {
        pods.pod(seen(pod("cart", "node-1", Map.of("app", "cart"))));
        pods.rule(seen(rule("carts", 1, CARTS)));
        pods.pod(seen(pod("pay", "node-1", Map.of("app", "pay"))));

        assertThat(pods.rule(seen(rule("carts", 2, CARTS), Change.MODIFIED, 1)))
                .singleElement()
                .satisfies(publication -> {
                    PodObserved pod = podOf(publication);
                    assertThat(pod.getName()).isEqualTo("cart");
                    assertThat(pod.getSelectedBy()).containsExactly(new Selection("carts", 2L));
                });
    }

    @Test
    void shouldSayOfEveryPodThatRulesAreKnownNow() {
        pods.pod(seen(pod("cart", "node-1", Map.of("app", "cart"))));
        pods.pod(seen(pod("pay", "node-1", Map.of("app", "pay"))));

        assertThat(pods.rule(seen(rule("carts", 1, CARTS)))).hasSize(2).allSatisfy(publication -> assertThat(
                        podOf(publication).getSelectionKnown())
                .isTrue());
    }

    @Test
    void shouldKeepQuietWhenOnlyTheStatusOfARuleChanges() {
        pods.pod(seen(pod("cart", "node-1", Map.of("app", "cart"))));
        pods.rule(seen(rule("carts", 1, CARTS)));

        assertThat(pods.rule(seen(rule("carts", 1, CARTS), Change.MODIFIED, 1))).isEmpty();
    }

    @Test
    void shouldPublishPodsOfANamespaceThatWasRelabelled() {
        pods.rule(seen(rule("a", 1, "{\"namespaceSelector\": {\"matchLabels\": {\"team\": \"a\"}}}")));
        pods.pod(seen(pod("cart", "node-1", Map.of())));

        assertThat(pods.namespace(seen(namespace("shop", Map.of("team", "a"))))).hasSize(1);
    }

    @Test
    void shouldForgetPodsThatAreGone() {
        pods.pod(seen(pod("cart", "node-1", Map.of("app", "cart"))));
        pods.pod(seen(pod("cart", "node-1", Map.of("app", "cart")), Change.DELETED, 1));

        assertThat(pods.rule(seen(rule("carts", 1, CARTS), Change.ADDED, 2))).isEmpty();
    }
}
