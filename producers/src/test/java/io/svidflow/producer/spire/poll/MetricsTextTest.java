package io.svidflow.producer.spire.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MetricsTextTest {

    @Test
    void shouldReadWhatAnAgentTells() throws IOException {
        MetricsText text = MetricsText.parse(recorded());

        assertThat(text.odd()).isEmpty();
        assertThat(text.samples()).hasSizeGreaterThan(100);
        assertThat(text.sum(
                        "spire_agent_manager_sync_fetch_entries_updates", labels -> "OK".equals(labels.get("status"))))
                .hasValue(2);
        assertThat(text.sum("process_start_time_seconds", labels -> true)).hasValue(1.79595265618e9);
    }

    @Test
    void shouldReadWhatTheFormatAllows() {
        MetricsText text = MetricsText.parse("""
                # HELP a Says.
                # TYPE a counter
                a 1
                a{ } 2 1738801570000
                a{path="C:\\\\x",said="\\"no\\"\\n", } +Inf
                \tns:b{x="{a=\\"}\\",}"} NaN
                """);

        assertThat(text.odd()).isEmpty();
        assertThat(text.samples())
                .extracting(MetricsText.Sample::labels)
                .containsExactly(
                        Map.of(), Map.of(), Map.of("path", "C:\\x", "said", "\"no\"\n"), Map.of("x", "{a=\"}\",}"));
        assertThat(text.samples())
                .extracting(MetricsText.Sample::value)
                .containsExactly(1.0, 2.0, Double.POSITIVE_INFINITY, Double.NaN);
    }

    @Test
    void shouldSayWhatIsOddAndReadTheRest() {
        MetricsText text = MetricsText.parse("""
                <html>
                a{x="1"
                b{x=1} 2
                c twelve
                d 1 2 3
                1e 5
                f{x="1"} 6
                g
                """);

        assertThat(text.samples()).extracting(MetricsText.Sample::name).containsExactly("f");
        assertThat(text.odd()).hasSize(7);
        assertThat(text.odd().get("b{x=1} 2")).contains("column 5", "'\"' should stand");
        assertThat(text.odd().get("c twelve")).contains("twelve");
    }

    static String recorded() throws IOException {
        try (InputStream file = MetricsTextTest.class.getResourceAsStream("/spire/agent-metrics-1.15.3.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
