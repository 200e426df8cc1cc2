package io.svidflow.producer.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.PodRole;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.layout.Controller;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.LogSigns;
import io.svidflow.producer.layout.PlacedPod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the reader makes of objects and logs. */
class LayoutReaderTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void aBundle() {
        SmallBundle.in(folder);
    }

    @Test
    void shouldReadHowReplicasAreKeptApart() {
        SmallBundle.write(
                folder,
                "raw/statefulsets.jsonl",
                set("a", "\"affinity\":{\"podAntiAffinity\":{}},")
                        + set("b", "\"affinity\":{\"nodeAffinity\":{}},")
                        + set("c", "\"topologySpreadConstraints\":[{\"maxSkew\":1}],"));

        assertThat(read().kubernetes().controllers(PodRole.SPIRE_SERVER))
                .extracting(Controller::name, Controller::spread)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", true),
                        org.assertj.core.groups.Tuple.tuple("b", false),
                        org.assertj.core.groups.Tuple.tuple("c", true));
    }

    @Test
    void shouldReadTokensOfAgents() {
        SmallBundle.write(folder, "raw/daemonsets.jsonl", """
                {"observedAt":"2025-02-06T00:20:01Z","type":"ADDED","object":{"metadata":{"name":"agent","namespace":"spire","uid":"d"},\
                "spec":{"template":{"spec":{"containers":[{"name":"spire-agent"}],"volumes":[{"name":"t","projected":{"sources":[\
                {"serviceAccountToken":{"path":"t","expirationSeconds":7200}},{"serviceAccountToken":{"path":"u"}}]}}]}}},\
                "status":{"desiredNumberScheduled":5}}}
                """);

        Controller agents = read().kubernetes().controllers(PodRole.SPIRE_AGENT).get(0);
        assertThat(agents.tokens()).containsExactly(Duration.ofHours(2), Duration.ofHours(1));
        assertThat(agents.replicas()).isEqualTo(5);
    }

    @Test
    void shouldForgetWhatIsGone() {
        SmallBundle.write(
                folder,
                "raw/pods.jsonl",
                SmallBundle.POD
                        + SmallBundle.POD.replace("ADDED", "DELETED").replace("00:20:02", "00:20:05")
                        + SmallBundle.POD.replace("pod-uid-1", "pod-uid-2").replace("cart-1", "cart-2"));

        assertThat(read().kubernetes().pods()).extracting(PlacedPod::name).containsExactly("cart-2");
    }

    @Test
    void shouldNoticeANodeThatCameBack() {
        String node = """
                {"observedAt":"2025-02-06T00:20:0%dZ","type":"MODIFIED","object":{"metadata":{"name":"node-1","uid":"u"},\
                "status":{"nodeInfo":{"bootID":"%s"},"conditions":[{"type":"Ready","status":"%s"}]}}}
                """;
        SmallBundle.write(
                folder,
                "raw/nodes.jsonl",
                node.formatted(1, "a", "True") + node.formatted(3, "a", "Unknown") + node.formatted(6, "b", "True"));

        assertThat(read().kubernetes().nodes().get(0).recoveries())
                .containsExactly(Instant.parse("2025-02-06T00:20:06Z"));
    }

    @Test
    void shouldTakeTheLifetimeOfAnAgentFromItsRenewal() {
        String agent = """
                {"observedAt":"2025-02-06T00:20:0%dZ","type":"MODIFIED","object":{"id":{"trustDomain":"t","path":"/a"},\
                "x509svidExpiresAt":"%d","agentVersion":"1.15.3"}}
                """;
        long start = SmallBundle.START.getEpochSecond();
        SmallBundle.write(
                folder, "raw/agents.jsonl", agent.formatted(1, start + 600) + agent.formatted(5, start + 3605));

        assertThat(read().spire().agents().get(0).lifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(read().spire().agents().get(0).version()).isEqualTo("1.15.3");
    }

    @Test
    void shouldCountWhatALogGivesAway() {
        SmallBundle.write(folder, "raw/logs/server/s-0.log", """
                time="2025-02-06T00:20:01Z" level=info msg="API accessed" caller_id="spiffe://t/a" method=SyncAuthorizedEntries type=audit
                time="2025-02-06T00:20:06Z" level=info msg="API accessed" caller_id="spiffe://t/a" method=SyncAuthorizedEntries type=audit
                time="2025-02-06T00:20:11Z" level=info msg="API accessed" caller_id="spiffe://t/a" method=SyncAuthorizedEntries type=audit
                time="2025-02-06T00:20:17Z" level=info msg="API accessed" caller_id="spiffe://t/a" method=SyncAuthorizedEntries type=audit
                time="2025-02-06T00:21:17Z" level=info msg="API accessed" expires_at=1738804877 method=BatchNewX509SVID type=audit
                """);
        SmallBundle.write(folder, "raw/logs/agent/node-1.log", """
                time="2025-02-06T00:20:01Z" level=debug msg="PID attested to have selectors" pid=7
                time="2025-02-06T00:20:01Z" level=error msg="No identity issued" pid=7
                time="2025-02-06T00:20:02Z" level=error msg="No identity issued" pid=8
                time="2025-02-06T00:20:03Z" level=error msg="No identity issued" pid=9 selectors="k8s:pod-uid:x"
                no log line
                """);

        Layout layout = read();

        LogSigns server = layout.logs(SourceKind.SERVER_LOG).get(0);
        assertThat(server.auditLines()).isEqualTo(5);
        assertThat(server.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(server.svidLifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(server.linesBetween(Instant.parse("2025-02-06T00:21:00Z"), Instant.parse("2025-02-06T00:22:00Z")))
                .isEqualTo(1);
        LogSigns agent = layout.logs(SourceKind.AGENT_LOG).get(0);
        assertThat(agent.refusals()).isEqualTo(3);
        assertThat(agent.namedRefusals()).isEqualTo(2);
        assertThat(layout.skipped()).isEqualTo(List.of("raw/logs/agent/node-1.log: 1 lines are no log lines"));
    }

    private Layout read() {
        return new LayoutReader().read(folder);
    }

    private static String set(String name, String spec) {
        return """
                {"observedAt":"2025-02-06T00:20:01Z","type":"ADDED","object":{"metadata":{"name":"%s","namespace":"spire","uid":"%s"},\
                "spec":{"replicas":2,"template":{"spec":{%s"containers":[{"name":"spire-server"}]}}}}}
                """.formatted(name, name, spec);
    }
}
