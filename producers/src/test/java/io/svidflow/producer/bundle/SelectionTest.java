package io.svidflow.producer.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.producer.coverage.SourceKind;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {

    private static final String SYNC =
            "time=\"2025-02-06T00:20:05Z\" level=error msg=\"Synchronize failed\" error=\"no route\" pid=1\n";
    private static final String ATTESTED = "time=\"2025-02-06T00:20:06Z\" level=debug msg=\"PID attested to have"
            + " selectors\" pid=7 selectors=\"[type:\\\"k8s\\\" value:\\\"pod-uid:pod-uid-1\\\"]\"\n";
    private static final String AUDIT = "time=\"2025-02-06T00:20:06Z\" level=info msg=\"API accessed\" type=audit"
            + " status=success method=ListEntries authorized_as=local\n";
    private static final String ERROR =
            "time=\"2025-02-06T00:20:07Z\" level=error msg=\"Failed to reload entry cache\" error=\"datastore-sql: x\"\n";

    @TempDir
    Path folder;

    @Test
    void shouldKnowNothingOfASourceThatIsLeftOut() {
        SmallBundle.in(folder);
        SmallBundle.write(folder, "raw/logs/agent/node-1.log", SYNC);

        IncidentBundle bundle = read(Selection.without(EnumSet.of(BundlePart.SPIRE_SERVER, BundlePart.AGENT_LOG)));

        assertThat(kinds(bundle)).containsExactlyInAnyOrder(SourceKind.KUBERNETES, SourceKind.AGENT_DEBUG);
        assertThat(bundle.report().factsBySource()).containsOnlyKeys("kubernetes", "agent-debug/node-1");
        assertThat(bundle.report().notUsed()).isEmpty();
    }

    @Test
    void shouldLeaveOutTheAgentsAndKeepTheEntriesOfTheServer() {
        SmallBundle.in(folder);
        SmallBundle.write(
                folder,
                "raw/agents.jsonl",
                "{\"observedAt\": \"2025-02-06T00:20:03Z\", \"type\": \"ADDED\","
                        + " \"object\": {\"id\": {\"trustDomain\": \"lab.example\","
                        + " \"path\": \"/spire/agent/k8s_psat/lab/node-uid-1\"}}}\n");

        assertThat(read(Selection.EVERYTHING).report().factsBySource()).containsEntry("spire-server", 2L);
        assertThat(read(Selection.without(Set.of(BundlePart.AGENTS))).report().factsBySource())
                .containsEntry("spire-server", 1L);
    }

    @Test
    void shouldLeaveOutWhatIsWrittenWithTheAuditLogAndAtDebugLevelOnly() {
        SmallBundle.in(folder);
        SmallBundle.write(folder, "raw/logs/agent/node-1.log", SYNC + ATTESTED);
        SmallBundle.write(folder, "raw/logs/server/spire-server-0.log", AUDIT + ERROR);

        IncidentBundle bundle = read(Selection.without(EnumSet.of(BundlePart.AUDIT, BundlePart.DEBUG)));

        assertThat(bundle.report().lines() + 2)
                .isEqualTo(read(Selection.EVERYTHING).report().lines());
        assertThat(bundle.report().factsBySource())
                .containsEntry("agent-log/node-1", 1L)
                .containsEntry("server-log/spire-server-0", 1L);
    }

    @Test
    void shouldLoseTheSameLinesForTheSameSeed() {
        SmallBundle.in(folder);
        SmallBundle.write(
                folder,
                "raw/logs/agent/node-1.log",
                IntStream.range(0, 1000).mapToObj(i -> SYNC).collect(Collectors.joining()));

        long all = read(Selection.EVERYTHING).report().lines();
        long left = read(new Selection(Set.of(), 0.05, 7)).report().lines();

        assertThat(all - left).isBetween(20L, 100L);
        assertThat(read(new Selection(Set.of(), 0.05, 7)).report())
                .isEqualTo(read(new Selection(Set.of(), 0.05, 7)).report());
        assertThatThrownBy(() -> new Selection(Set.of(), 1, 7)).hasMessageContaining("0.05");
    }

    @Test
    void shouldSayThatNothingIsLeft() {
        SmallBundle.in(folder);

        assertThatThrownBy(() -> read(Selection.without(
                        EnumSet.of(BundlePart.KUBERNETES, BundlePart.SPIRE_SERVER, BundlePart.AGENT_DEBUG))))
                .isInstanceOf(BundleProblem.class)
                .hasMessageContaining("leave out less");
    }

    private IncidentBundle read(Selection selection) {
        return new BundleReader(selection).read(folder);
    }

    private static Set<SourceKind> kinds(IncidentBundle bundle) {
        return bundle.roster().sources().stream().map(source -> source.kind()).collect(Collectors.toSet());
    }
}
