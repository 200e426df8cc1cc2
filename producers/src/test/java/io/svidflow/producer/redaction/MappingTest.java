package io.svidflow.producer.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MappingTest {

    @Test
    void shouldSayWhoIsBehindAPseudonymAndContinueWithTheSameKey() {
        Pseudonyms first = new Pseudonyms(RedactionKey.random());
        String node = first.of(NameKind.NODE, "worker: \"17\"");
        String domain = first.of(NameKind.TRUST_DOMAIN, "1.0");
        // a key is only ever written as text
        RedactionKey key = RedactionKey.random();
        Mapping written = new Mapping(key, first.originals());

        Mapping read = Mapping.parse(written.text());

        assertThat(read.names()).containsEntry(node, "worker: \"17\"").containsEntry(domain, "1.0");
        assertThat(new Pseudonyms(read.key()).of(NameKind.POD, "cart-x"))
                .isEqualTo(new Pseudonyms(key).of(NameKind.POD, "cart-x"));
        assertThat(read.key()).hasToString("RedactionKey");
    }

    @Test
    void shouldRefuseAnythingElse() {
        assertThatThrownBy(() -> Mapping.parse("id: incident")).hasMessageContaining("no key of an earlier capture");
        assertThatThrownBy(() -> Mapping.parse("{")).hasMessageContaining("no key of an earlier capture");
    }
}
