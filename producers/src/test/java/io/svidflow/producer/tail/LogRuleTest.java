package io.svidflow.producer.tail;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.producer.coverage.SourceKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogRuleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /var/log/spire/agent.log     | AGENT_LOG  |        | name its node as member
            /var/log/{member}/agent.log  | AGENT_LOG  | node-1 | also given as node-1
            agent.log                    | AGENT_LOG  | node-1 | absolute path
            /var/log/                    | AGENT_LOG  | node-1 | absolute path
            /var/log/**/agent.log        | AGENT_LOG  | node-1 | **
            /var/log/agent.log           | KUBERNETES | node-1 | is not a log
            """)
    void shouldSayWhatIsWrongWithARule(String glob, SourceKind kind, String member, String complaint) {
        assertThatThrownBy(() -> new LogRule(glob, kind, member == null ? "" : member))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }
}
