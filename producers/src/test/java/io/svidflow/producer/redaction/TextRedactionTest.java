package io.svidflow.producer.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.producer.redaction.FieldRule.Treatment;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRedactionTest {

    private static final RedactionKey KEY =
            RedactionKey.parse(Base64.getEncoder().encodeToString(new byte[32]));

    private final Pseudonyms pseudonyms = new Pseudonyms(KEY);

    @Test
    void shouldReplaceNamesInMessagesAndKeepTheirWords() {
        TextRedaction redaction = knowing(Map.of(
                "shop", NameKind.NAMESPACE,
                "cart", NameKind.OWNER,
                "cart-57f4c595f7-45798", NameKind.POD,
                "worker-17", NameKind.NODE));

        String text = redaction.text("rpc error: code = Internal desc = pod shop/cart-57f4c595f7-45798 on worker-17: "
                + "dial tcp 10.4.5.6:5432: connect: connection refused");

        assertThat(text)
                .matches("rpc error: code = Internal desc = pod ns-\\w{10}/pod-\\w{10} on node-\\w{10}: "
                        + "dial tcp 10\\.\\d+\\.\\d+\\.\\d+:5432: connect: connection refused")
                .doesNotContain("10.4.5.6");
    }

    @Test
    void shouldReplaceTheKnownPartOfAnUnknownName() {
        TextRedaction redaction = knowing(Map.of("cart", NameKind.OWNER));

        assertThat(redaction.text("pod cart-abc12 is gone")).matches("pod owner-\\w{10}-abc12 is gone");
        assertThat(redaction.text("cartography")).isEqualTo("cartography");
    }

    @Test
    void shouldGiveEqualNamesEqualPseudonymsInEveryField() {
        TextRedaction redaction = knowing(Map.of("shop", NameKind.NAMESPACE, "prod.example", NameKind.TRUST_DOMAIN));
        String namespace = pseudonyms.of(NameKind.VALUE, "shop");

        assertThat(namespace).startsWith("ns-");
        assertThat(redaction.redact(rule(Treatment.SPIFFE_ID), "spiffe://prod.example/ns/shop/sa/cart"))
                .matches("spiffe://domain-\\w{10}/ns/" + namespace + "/sa/part-\\w{10}");
        assertThat(redaction.redact(rule(Treatment.SELECTOR), "k8s:ns:shop")).isEqualTo("k8s:ns:" + namespace);
        assertThat(redaction.redact(rule(Treatment.SUBJECT), "shop/unseen"))
                .matches(namespace + "/(unseen|value-\\w{10})");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k8s:pod-uid:3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                "unix:uid:1000",
                "k8s:sa:default",
                "k8s:pod-image-count:2"
            })
    void shouldKeepSelectorsThatTellNothing(String selector) {
        assertThat(knowing(Map.of()).redact(rule(Treatment.SELECTOR), selector)).isEqualTo(selector);
    }

    @Test
    void shouldReplaceLabelsOwnersAndImages() {
        TextRedaction redaction = knowing(Map.of());

        assertThat(redaction.redact(rule(Treatment.SELECTOR), "k8s:pod-label:app:cart"))
                .matches("k8s:pod-label:app:value-\\w{10}");
        assertThat(redaction.redact(rule(Treatment.SELECTOR), "k8s:pod-owner:ReplicaSet:cart-57f4c595f7"))
                .matches("k8s:pod-owner:ReplicaSet:owner-\\w{10}");
        assertThat(redaction.redact(rule(Treatment.SELECTOR), "k8s:container-image:registry.example/shop/cart:1"))
                .matches("k8s:container-image:image-\\w{10}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dial tcp 127.0.0.1:5432: connect: connection refused",
                "dial tcp [::1]:8081: i/o timeout",
                "k8s.io/client-go/tools/cache/reflector.go:251: Failed to watch",
                "open /run/spire/sockets/agent.sock: no such file or directory",
                "rpc error: code = Unknown desc = spire.api.server.entry.v1.Entry/BatchCreateEntry",
                "x509: certificate has expired or is not yet valid: current time 2026-11-23T05:46:54Z is after",
                "no X.509 bundle found for trust domain"
            })
    void shouldKeepWhatNamesNobody(String text) {
        assertThat(knowing(Map.of()).text(text)).isEqualTo(text);
    }

    @Test
    void shouldReplaceHostsAddressesAndWhatIsCalledByName() {
        String text = knowing(Map.of())
                .text("lookup db.corp.example.com on [2001:db8::7]:53: no such host; password authentication failed for"
                        + " user \"jane\", database \\\"orders\\\" does not exist");

        assertThat(text)
                .matches("lookup host-\\w{10} on \\[fd00:[0-9a-f:]+\\]:53: no such host; password authentication failed"
                        + " for user \"value-\\w{10}\", database \\\\\"value-\\w{10}\\\\\" does not exist");
    }

    @Test
    void shouldReplaceTheHostOfAnAddressOfTheWeb() {
        assertThat(knowing(Map.of()).text("Get \"https://api.corp.example.com:6443/version\": EOF"))
                .matches("Get \"https://host-\\w{10}:6443/version\": EOF");
    }

    @Test
    void shouldNotLookForNamesInPseudonyms() {
        TextRedaction redaction = knowing(Map.of("shop", NameKind.NAMESPACE, "ns", NameKind.POD, "a", NameKind.NODE));

        assertThat(redaction.text("shop")).isEqualTo(pseudonyms.of(NameKind.NAMESPACE, "shop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection", "refused", "datastore-sql", "kubelet", "lookup", "spire-agent"})
    void shouldNotLetANameTakeTheWordsFromAMessage(String name) {
        TextRedaction redaction = knowing(Map.of(name, NameKind.NODE));
        String text = "datastore-sql: lookup failed: kubelet of spire-agent: connection refused";

        assertThat(redaction.text(text)).isEqualTo(text);
    }

    private TextRedaction knowing(Map<String, NameKind> names) {
        names.forEach((name, kind) -> pseudonyms.learn(kind, name));
        return new TextRedaction(pseudonyms, new KnownNames(pseudonyms.names().keySet()));
    }

    private static FieldRule rule(Treatment treatment) {
        return new FieldRule(treatment, NameKind.VALUE);
    }
}
