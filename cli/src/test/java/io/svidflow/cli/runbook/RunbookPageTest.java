package io.svidflow.cli.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunbookPageTest {

    private static final String HEAD = """
        ---
        cause: SERVER_DOWN
        meaning: the server is down
        remedy: start it
        kinds:
          DNS: mend its name
        ---
        """;

    @Test
    void shouldReadHeadSectionsAndText() {
        RunbookPage page = RunbookPage.parse(HEAD + "\n# SERVER_DOWN\n\n## Safe\n\nNothing.\n\n## Harmful\n");

        assertThat(page.meaning()).isEqualTo("the server is down");
        assertThat(page.kinds()).isEqualTo(Map.of("DNS", "mend its name"));
        assertThat(page.sections()).containsExactly("Safe", "Harmful");
        assertThat(page.text()).startsWith("# SERVER_DOWN\n").endsWith("## Harmful\n");
    }

    @Test
    void shouldFallBackToTheRemedyOfTheCause() {
        RunbookPage page = RunbookPage.parse(HEAD);

        assertThat(page.remedyOf("DNS")).isEqualTo("mend its name");
        assertThat(page.remedyOf("A_KIND_OF_TOMORROW")).isEqualTo("start it");
        assertThat(page.remedyOf(null)).isEqualTo("start it");
    }

    @Test
    void shouldReadAFileWithWindowsLineEnds() {
        assertThat(RunbookPage.parse(HEAD.replace("\n", "\r\n")).remedy()).isEqualTo("start it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# SERVER_DOWN\n",
                "---\ncause: SERVER_DOWN\n",
                "---\ncause: SERVER_DOWN\nmeaning: it is down\n---\n",
                "---\ncause: [\n---\n"
            })
    void shouldRefuseAPageWithoutAHead(String file) {
        assertThatThrownBy(() -> RunbookPage.parse(file)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A_CAUSE_OF_TOMORROW", "../logback", "README", ""})
    void shouldSayHowToGoOnWhereThereIsNoPage(String cause) {
        assertThat(new Runbook().page(cause)).isEmpty();
        assertThat(new Runbook().on(cause).cause()).isEqualTo("UNKNOWN");
    }
}
