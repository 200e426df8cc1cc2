package io.svidflow.producer.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.producer.log.LineReading.Broken;
import io.svidflow.producer.log.LineReading.Continuation;
import io.svidflow.producer.log.LineReading.Parsed;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineParserTest {

    private static final Instant REFERENCE = Instant.parse("2026-11-23T05:00:00Z");
    private static final String REFUSED =
            "level=error msg=\"No identity issued\" method=FetchX509SVID pid=18955 registered=false"
                    + " service=WorkloadAPI subsystem_name=endpoints";
    private static final String REFUSED_JSON =
            "{\"level\":\"error\",\"method\":\"FetchX509SVID\",\"msg\":\"No identity issued\",\"pid\":18955,"
                    + "\"registered\":false,\"service\":\"WorkloadAPI\",\"subsystem_name\":\"endpoints\","
                    + "\"time\":\"2026-11-23T05:53:36Z\"}";

    private final LogLineParser parser = new LogLineParser();

    static Stream<Arguments> refusals() {
        String nested = REFUSED_JSON.replace("\"", "\\\"");
        String logrus = "time=\"2026-11-23T05:53:36Z\" " + REFUSED;
        return Stream.of(
                Arguments.of("logrus, whole seconds", logrus),
                Arguments.of("logrus, nanoseconds", "time=\"2026-11-23T05:53:36.000000001Z\" " + REFUSED),
                Arguments.of("logrus, offset", "time=\"2026-11-23T06:53:36+01:00\" " + REFUSED),
                Arguments.of("JSON", REFUSED_JSON),
                Arguments.of("CRI", "2026-11-23T08:53:36.123456789Z stdout F " + logrus),
                Arguments.of("CRI, JSON", "2026-11-23T08:53:36.123456789Z stderr F " + REFUSED_JSON),
                Arguments.of("runtime time", "2026-11-23T08:53:36.145365496Z " + logrus),
                Arguments.of("journald", "Nov 23 08:53:36 host docker[812]: " + logrus),
                Arguments.of("journald, one-digit day", "Nov  3 08:53:36 host k3s: " + logrus),
                Arguments.of("journald, ISO time", "2026-11-23T08:53:36+0000 host docker[812]: " + logrus),
                Arguments.of("kubectl prefix", "[pod/spire-agent-x2x/spire-agent] " + logrus),
                Arguments.of(
                        "docker json-file",
                        "{\"log\":\"" + nested + "\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-23T08:00:00Z\"}"),
                Arguments.of(
                        "docker json-file of text",
                        "{\"log\":\"" + logrus.replace("\"", "\\\"") + "\\n\",\"stream\":\"stderr\",\"time\":\"x\"}"),
                Arguments.of(
                        "nested JSON",
                        "{\"timestamp\":\"2026-11-23T08:00:00Z\",\"message\":\"" + nested + "\",\"json_message\":"
                                + REFUSED_JSON + "}"),
                Arguments.of("nested JSON, only text", "{\"timestamp\":1,\"message\":\"" + nested + "\"}"),
                Arguments.of("colours", "\u001b[31m" + logrus + "\u001b[0m"),
                Arguments.of("zero bytes of a truncated file", "\0\0\0" + logrus),
                Arguments.of("indented, with a carriage return", "   " + logrus + "\r"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void shouldReadTheSameRefusalInEveryDialect(String dialect, String text) {
        LogLine line = parsed(text);

        assertThat(line.time()).isBetween("2026-11-23T05:53:36Z", "2026-11-23T05:53:36.000000001Z");
        assertThat(line.level()).isEqualTo(Level.ERROR);
        assertThat(line.message()).isEqualTo("No identity issued");
        assertThat(line.fields())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "method", "FetchX509SVID",
                        "pid", "18955",
                        "registered", "false",
                        "service", "WorkloadAPI",
                        "subsystem_name", "endpoints"));
    }

    @Test
    void shouldReadTerminalLogrusWithoutATime() {
        LogLine line = parsed("ERRO[0025] Agent crashed: x=y z          error=\"no \\\"such\\\" file\" pid=7");

        assertThat(line.time()).isNull();
        assertThat(line.level()).isEqualTo(Level.ERROR);
        assertThat(line.message()).isEqualTo("Agent crashed: x=y z");
        assertThat(line.fields()).containsOnly(Map.entry("error", "no \"such\" file"), Map.entry("pid", "7"));
    }

    @Test
    void shouldGiveALineWithoutTimeTheTimeOfItsWrapping() {
        assertThat(parsed("2026-11-23T08:53:36.5Z stdout F INFO[0001] Starting agent")
                        .time())
                .isEqualTo("2026-11-23T08:53:36.500Z");
        assertThat(parsed("Dec 31 23:59:59 host docker[1]: INFO[0001] Starting agent")
                        .time())
                .isEqualTo("2026-12-31T23:59:59Z");
        assertThat(parsed("2026-11-23T08:53:36Z time=nonsense level=info msg=x").time())
                .isEqualTo("2026-11-23T08:53:36Z");
    }

    @Test
    void shouldGiveKlogTheYearNearestToTheReference() {
        Instant newYear = Instant.parse("2027-01-01T00:10:00Z");
        String text = "I1231 23:59:55.141447   20796 leaderelection.go:272] \"Successfully acquired lease\""
                + " lock=\"spire/spire-controller-manager\"";

        LogLine line = ((Parsed) parser.read(text, newYear)).line();

        assertThat(line.time()).isEqualTo("2026-12-31T23:59:55.141447Z");
        assertThat(line.message()).isEqualTo("Successfully acquired lease");
        assertThat(line.fields()).containsEntry("lock", "spire/spire-controller-manager");
    }

    @Test
    void shouldReadPlainKlog() {
        LogLine line = parsed("E0127 15:40:16.185176       1 leaderelection.go:330] error retrieving resource lock"
                + " spire/lease: timed out");

        assertThat(line.level()).isEqualTo(Level.ERROR);
        assertThat(line.message()).isEqualTo("error retrieving resource lock spire/lease: timed out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T05:46:54Z\tERROR\tentry-reconciler\tFailed to render entry\t{\"pod\": \"shop/a\"}",
                "2026-11-23T05:46:54Z\tERROR\tentry-reconciler\tspireentry/reconciler.go:519\tFailed to render entry\t{\"pod\": \"shop/a\"}",
                "2026-11-23T05:46:54Z  ERROR  entry-reconciler  Failed to render entry  {\"pod\": \"shop/a\"}",
                "2026-11-23T05:46:54Z ERROR entry-reconciler Failed to render entry {\"pod\": \"shop/a\"}",
                "2026-11-23T06:46:54.000+0100\tERROR\tentry-reconciler\tFailed to render entry\t{\"pod\": \"shop/a\"}",
                "1795412814.000\terror\tentry-reconciler\tFailed to render entry\t{\"pod\": \"shop/a\"}",
                "2026-11-23T09:00:00Z stderr F 2026-11-23T05:46:54Z\tERROR\tentry-reconciler\tFailed to render entry\t{\"pod\": \"shop/a\"}",
                "{\"level\":\"error\",\"ts\":1795412814.000,\"logger\":\"entry-reconciler\",\"msg\":\"Failed to render entry\",\"pod\":\"shop/a\"}"
            })
    void shouldReadZapInEveryEncoding(String text) {
        LogLine line = parsed(text);

        assertThat(line.time()).isEqualTo("2026-11-23T05:46:54Z");
        assertThat(line.level()).isEqualTo(Level.ERROR);
        assertThat(line.message()).isEqualTo("Failed to render entry");
        assertThat(line.fields()).containsOnly(Map.entry("logger", "entry-reconciler"), Map.entry("pod", "shop/a"));
    }

    @Test
    void shouldReadZapWithoutLoggerAndFields() {
        assertThat(parsed("2026-11-23T05:59:08Z\tINFO\tStopping and waiting for caches")
                        .message())
                .isEqualTo("Stopping and waiting for caches");
        assertThat(parsed("2026-11-23T05:59:08Z\tINFO\tsetup\tstarting manager").message())
                .isEqualTo("starting manager");
        assertThat(parsed("2026-11-23T05:59:08Z INFO setup starting manager").message())
                .isEqualTo("starting manager");
    }

    @Test
    void shouldKeepNumbersAndStructuresAsText() {
        LogLine line = parsed("{\"msg\":\"m\",\"ttl\":3592.279186501,\"n\":100.0,\"big\":12345678901234567890123,"
                + "\"null\":null,\"list\":[{\"type\":\"k8s\"}]}");

        assertThat(line.fields())
                .containsExactly(
                        Map.entry("ttl", "3592.279186501"),
                        Map.entry("n", "100.0"),
                        Map.entry("big", "12345678901234567890123"),
                        Map.entry("list", "[{\"type\":\"k8s\"}]"));
    }

    @Test
    void shouldUnquoteWhatGoQuoted() {
        LogLine line = parsed("level=info msg=\"a\\tb\\\\c \\\"d\\\" \\u00fc\\U0001f600\\x1b \\xff \\q\" hint= x=y");

        assertThat(line.message()).isEqualTo("a\tb\\c \"d\" \u00fc\ud83d\ude00\u001b \ufffd \\q");
        assertThat(line.fields()).containsExactly(Map.entry("hint", ""), Map.entry("x", "y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "\t/go/pkg/mod/sigs.k8s.io/controller-runtime@v0.22.4/pkg/manager/manager.go:312",
                "sigs.k8s.io/controller-runtime/pkg/manager.(*runnableGroup).reconcile.func1",
                "2026-11-23T05:59:08.1Z stderr F main.main",
                "2026-11-23T05:59:08.1Z stderr F ",
                "main.main()",
                "goroutine 1 [running]:",
                "github.com/spiffe/spire/pkg/agent.(*Agent).Run(0xc000, {0x1, 0x2})",
                "created by main.run in goroutine 12"
            })
    void shouldTakeStackTracesAndBlankLinesAsContinuation(String text) {
        assertThat(parser.read(text, REFERENCE)).isEqualTo(new Continuation());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time=\"2026-11-23T05:41:51Z\" level=error msg=\"No identity iss",
                "time=\"2026-11-23T05:41:51Z\" level=error",
                "time=\"2026-11-23T05:41:51Z\" level=error msg=a garbage",
                "{\"level\":\"error\",\"msg\":\"No id",
                "{\"level\":\"error\",\"msg\":\"a\"}{",
                "{\"a\":1}",
                "2026-11-23T05:46:54Z\tERROR\tentry-reconciler\tFailed to render entry\t{\"pod\": \"sh",
                "I1123 06:01:55.141447   20796 leaderelection.go:272] \"Successfully acq",
                "2026-11-23T05:46:54.1Z stdout P time=\"2026-11-23T05:46:54Z\" level=info msg=x",
                "once upon a time"
            })
    void shouldSayWhatIsWrongWithABrokenLine(String text) {
        assertThat(parser.read(text, REFERENCE))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.reason()).isNotBlank());
    }

    @Test
    void shouldNotReadALineOfAMegabyte() {
        assertThat(parser.read("x".repeat(LogLineParser.LONGEST + 1), REFERENCE))
                .isInstanceOf(Broken.class);
        assertThat(parser.read("{\"log\":".repeat(100_000), REFERENCE)).isInstanceOf(Broken.class);
        assertThat(parser.read("{\"msg\":\"x\",\"ts\":3592e2791986501}", REFERENCE))
                .isInstanceOf(Broken.class);
    }

    @Test
    void shouldReadWhatBypassedTheLogger() {
        assertThat(parsed("panic: runtime error: index out of range").level()).isEqualTo(Level.FATAL);
        assertThat(parsed("Trust Bandle and Server dont agree....").level()).isEqualTo(Level.WARNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "+999999999-01-01T00:00:00Z", "yesterday"})
    void shouldNotBelieveATimeThatCannotBe(String time) {
        assertThat(parsed("time=\"" + time + "\" level=info msg=x").time()).isNull();
    }

    private LogLine parsed(String text) {
        LineReading reading = parser.read(text, REFERENCE);
        assertThat(reading).as(text).isInstanceOf(Parsed.class);
        return ((Parsed) reading).line();
    }
}
