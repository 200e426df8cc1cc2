package io.svidflow.cli.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.cli.BadInput;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationReaderTest {

    private final ExpectationReader reader = new ExpectationReader();

    @Test
    void shouldReadEveryKey() {
        Expectation expectation = reader.read("expected.yaml", """
                findings:
                  - pod: nsm-ep/endpoint3-x
                    cause: REGISTRAR_LAG
                    detectedBy: 2025-02-06T00:33:45Z
                    recovered: true
                  - {pod: shop/*, cause: [AGENT_BANNED, UNKNOWN]}
                incidents:
                  - {cause: SERVER_DATASTORE_DOWN, openedBy: 2025-02-06T00:22:00Z, closed: true}
                silent: ["kube-system/*"]
                either: [shop/a]
                commands: [RESTART_AGENT, {action: POKE_REGISTRAR, pod: shop/a}]
                """);

        ExpectedFinding first = expectation.findings().get(0);
        assertThat(first.pod().matches("nsm-ep/endpoint3-x")).isTrue();
        assertThat(first.cause()).containsExactly("REGISTRAR_LAG");
        assertThat(first.detectedBy()).isEqualTo(Instant.parse("2025-02-06T00:33:45Z"));
        assertThat(first.recovered()).isTrue();
        assertThat(expectation.findings().get(1).cause()).containsExactly("AGENT_BANNED", "UNKNOWN");
        assertThat(expectation.findings().get(1).recovered()).isNull();
        assertThat(expectation.incidents().get(0).closed()).isTrue();
        assertThat(expectation.silent().get(0).matches("kube-system/x")).isTrue();
        assertThat(expectation.either()).hasSize(1);
        assertThat(expectation.commands().get(1).action()).isEqualTo("POKE_REGISTRAR");
    }

    @Test
    void shouldTakeMissingListsAsEmpty() {
        Expectation expectation = reader.read("expected.yaml", "findings: []");

        assertThat(expectation.incidents()).isEmpty();
        assertThat(expectation.commands()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            findings: [{pod: shop/a}]                            | expected.yaml:1: the finding of shop/a has no cause
            findings: [{pod: shop, cause: X}]                    | expected.yaml:1: "shop" has no namespace
            findings: [{cause: X}]                               | expected.yaml:1: a finding has no pod
            fndings: []                                          | expected.yaml:1: there is no key "fndings"
            findings: [{pod: a/b, cause: X, detectedBy: noon}]   | write a time in UTC
            findings: [                                          | expected.yaml:1
            silent: [a/*]@findings: []@silent: []                | expected.yaml:3
            ''                                                   | expected.yaml: is empty
            # nothing                                            | expected.yaml: is empty
            """)
    void shouldNameFileLineAndRemedy(String yaml, String message) {
        assertThatThrownBy(() -> reader.read("expected.yaml", yaml.replace('@', '\n')))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }
}
