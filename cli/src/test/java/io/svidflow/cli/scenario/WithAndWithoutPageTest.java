package io.svidflow.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.Svidflow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/with-and-without.md quotes what the commands print. */
class WithAndWithoutPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern QUOTED =
            Pattern.compile("`\\./svidflow plan (\\S+)`.*?```\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void shouldQuoteWhatIsPrinted() throws IOException {
        Matcher quotes = QUOTED.matcher(Files.readString(ROOT.resolve("docs").resolve("with-and-without.md")));
        int seen = 0;
        while (quotes.find()) {
            List<String> printed = plan(ROOT.resolve(quotes.group(1)));
            assertThat(printed)
                    .as(quotes.group(1))
                    .containsAll(quotes.group(2).lines().toList());
            seen++;
        }
        assertThat(seen).isEqualTo(2);
    }

    private static List<String> plan(Path bundle) {
        StringWriter out = new StringWriter();
        Svidflow.commandLine().setOut(new PrintWriter(out, true)).execute("plan", bundle.toString());
        return out.toString().lines().toList();
    }
}
