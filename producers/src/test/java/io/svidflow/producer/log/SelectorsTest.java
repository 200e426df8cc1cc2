package io.svidflow.producer.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[type:\"k8s\" value:\"pod-uid:82147c21\" type:\"k8s\" value:\"ns:shop\"]",
                "[type:\"k8s\"  value:\"pod-uid:82147c21\" type:\"k8s\"  value:\"ns:shop\" type:\"k8s\"  value:\"ns:sh",
                "[{\"type\":\"k8s\",\"value\":\"pod-uid:82147c21\"},{\"type\":\"k8s\",\"value\":\"ns:shop\"}]",
                "[\"k8s:pod-uid:82147c21\",\"k8s:ns:shop\"]",
                "k8s:ns:shop,k8s:pod-uid:82147c21",
                "[k8s:pod-uid:82147c21,k8s:ns:shop,k8s:ns:shop]",
                "[k8s:pod-uid:82147c21 k8s:ns:shop]"
            })
    void shouldReadEveryForm(String text) {
        Selectors selectors = Selectors.parse(text);

        assertThat(selectors.values()).containsExactly("k8s:ns:shop", "k8s:pod-uid:82147c21");
        assertThat(selectors.podUid()).contains("82147c21");
    }

    @Test
    void shouldUnquoteValues() {
        assertThat(Selectors.parse("[type:\"unix\" value:\"path:/a \\\"b\\\"\"]")
                        .values())
                .containsExactly("unix:path:/a \"b\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "[{}]", "{", "[type:\"", "[type:\"k8s\" value:\"", "nonsense", "k8s:pod-uid:"})
    void shouldFindNoPodWhereNoneIsNamed(String text) {
        assertThat(Selectors.parse(text).podUid()).isEmpty();
    }
}
