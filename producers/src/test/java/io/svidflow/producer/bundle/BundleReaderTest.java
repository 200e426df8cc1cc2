package io.svidflow.producer.bundle;

import static io.svidflow.producer.bundle.SmallBundle.START;
import static io.svidflow.producer.bundle.SmallBundle.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.DeadLetter;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleReaderTest {

    @TempDir
    Path folder;

    @Test
    void shouldPublishFactsInTheOrderTheyWereObserved() {
        List<Publication> facts = facts(read(SmallBundle.in(folder)));

        assertThat(facts)
                .extracting(fact -> fact.topic().name())
                .containsExactly(
                        "svidflow.node-events",
                        "svidflow.pod-events",
                        "svidflow.entry-events",
                        "svidflow.agent-events");
        assertThat(facts).extracting(Publication::key).containsOnly("lab/node-1");
        PodObserved pod = (PodObserved) ((PodEvent) facts.get(1).value()).getBody();
        assertThat(pod.getSelectedBy()).singleElement().satisfies(rule -> assertThat(rule.getRule())
                .isEqualTo("all"));
        assertThat(header(facts.get(0)).getOrigin().getLocation()).isEqualTo("raw/nodes.jsonl");
        assertThat(header(facts.get(0)).getOrigin().getLine()).isEqualTo(1);
        assertThat(header(facts.get(0)).getOrigin().getResourceVersion()).isEqualTo("7");
    }

    @Test
    void shouldGiveTheSamePublicationsEachTime() {
        SmallBundle.in(folder);

        assertThat(read(folder).publications())
                .containsExactlyElementsOf(read(folder).publications());
        IncidentBundle bundle = read(folder);
        assertThat(bundle.publications()).containsExactlyElementsOf(bundle.publications());
    }

    @Test
    void shouldBeatEverySecondForTheClusterAndEveryFiveForANode() {
        IncidentBundle bundle = read(SmallBundle.in(folder));

        assertThat(beats(bundle, "kubernetes", "svidflow.pod-events")).hasSize(11);
        assertThat(beats(bundle, "spire-server", "svidflow.server-events")).hasSize(11);
        assertThat(beats(bundle, "agent-log/node-2", "svidflow.svid-fetch-events"))
                .containsExactly(START, START.plusSeconds(5), START.plusSeconds(10));
    }

    @Test
    void shouldPromiseNothingBeforeTheFactsThatThePromiseCovers() {
        IncidentBundle bundle = read(SmallBundle.in(folder));

        Instant promised = Instant.MIN;
        for (Publication publication : bundle.publications()) {
            if (isBeat(publication)) {
                promised = publication.observedAt();
            } else {
                assertThat(publication.observedAt()).isAfter(promised);
            }
        }
    }

    @Test
    void shouldNotBeatInAGapAndCoverAnewAfterIt() {
        SmallBundle.in(folder);
        write(
                folder,
                "incident.yaml",
                SmallBundle.MANIFEST.replace(
                        "  kubernetes: {}",
                        "  kubernetes: {gaps: [{from: '2025-02-06T00:20:02Z', to: '2025-02-06T00:20:06Z'}]}"));

        IncidentBundle bundle = read(folder);

        assertThat(beats(bundle, "kubernetes", "svidflow.pod-events"))
                .hasSize(8)
                .doesNotContain(START.plusSeconds(3), START.plusSeconds(5));
        Heartbeat last = all(bundle)
                .filter(it -> isBeat(it) && header(it).getSource().equals("kubernetes"))
                .map(it -> (Heartbeat) it.value().get(1))
                .reduce((one, other) -> other)
                .orElseThrow();
        assertThat(last.getCoveredSince()).isEqualTo(START.plusSeconds(6));
    }

    @Test
    void shouldTakeAFailedPollForAFact() {
        SmallBundle.in(folder);
        write(folder, "raw/entries.jsonl", """
                {"observedAt": "2025-02-06T00:20:03Z", "type": "ERROR", "error": "connection refused"}
                """);
        write(folder, "raw/agent-debug.jsonl", """
                {"observedAt": "2025-02-06T00:20:04Z", "node": "node-1", "type": "ERROR", "error": "no socket"}
                """);

        List<Publication> facts = facts(read(folder));

        assertThat(facts)
                .filteredOn(it -> it.topic() == Topics.SERVER_EVENTS)
                .singleElement()
                .satisfies(it -> {
                    assertThat(((ServerEvent) it.value()).getBody())
                            .isEqualTo(new SourceFailure("ListEntries", "connection refused"));
                    assertThat(header(it).getSource()).isEqualTo("spire-server");
                });
        assertThat(facts)
                .filteredOn(it -> it.topic() == Topics.AGENT_EVENTS)
                .singleElement()
                .satisfies(it -> {
                    assertThat(((AgentEvent) it.value()).getBody())
                            .isEqualTo(new SourceFailure("GetInfo", "no socket"));
                    assertThat(it.key()).isEqualTo("lab/node-1");
                });
    }

    @Test
    void shouldKeepBadLinesAsDeadLettersAndGoOn() {
        SmallBundle.in(folder);
        write(
                folder,
                "raw/pods.jsonl",
                "not json\n" + SmallBundle.POD
                        + "{\"observedAt\": \"yesterday\", \"type\": \"ADDED\", \"object\": {}}\n"
                        + "{\"observedAt\": \"2025-02-06T00:20:03Z\", \"type\": \"CHANGED\", \"object\": {}}\n"
                        + "{\"observedAt\": \"2025-02-06T00:20:03Z\", \"type\": \"ADDED\", \"object\": {\"kind\": \"Pod\"}}\n"
                        + "{\"observedAt\": \"2025-02-06T00:20:0");

        IncidentBundle bundle = read(folder);

        assertThat(deadLetters(bundle))
                .extracting(letter -> letter.getOrigin().getLine())
                .containsExactlyInAnyOrder(1L, 3L, 4L, 5L, 6L);
        assertThat(deadLetters(bundle))
                .extracting(DeadLetter::getReason)
                .anySatisfy(reason -> assertThat(reason).contains("not JSON"))
                .anySatisfy(reason -> assertThat(reason).contains("observedAt \"yesterday\""))
                .anySatisfy(reason -> assertThat(reason).contains("type is \"CHANGED\""))
                .anySatisfy(reason -> assertThat(reason).contains("without metadata"))
                .anySatisfy(reason -> assertThat(reason).contains("ends in the middle of this line"));
        assertThat(facts(bundle)).hasSize(4);
        ReadReport report = bundle.report();
        assertThat(report.lines())
                .isEqualTo(report.withFacts()
                        + report.withoutMeaning().count()
                        + report.unknown().count()
                        + report.continuations()
                        + report.deadLettered().count());
        assertThat(report.deadLettered().samples()).first().asString().startsWith("raw/pods.jsonl:1: not JSON");
    }

    @Test
    void shouldKeepFactsWithAWrongClockAsDeadLetters() {
        SmallBundle.in(folder);
        write(folder, "raw/pods.jsonl", SmallBundle.POD.replace("2025-02-06", "1970-01-01"));

        IncidentBundle bundle = read(folder);

        assertThat(bundle.manifest().start()).isEqualTo(START);
        assertThat(deadLetters(bundle)).singleElement().satisfies(letter -> assertThat(letter.getReason())
                .contains("wrong clock", "1970-01-01", "start and end in incident.yaml"));
    }

    @Test
    void shouldLastLongEnoughToCoverEveryFact() {
        SmallBundle.in(folder);
        write(folder, "raw/nodes.jsonl", SmallBundle.NODE.replace("00:20:01Z", "00:19:58.5Z"));
        write(folder, "raw/pods.jsonl", SmallBundle.POD.replace("00:20:02Z", "00:21:00.25Z"));

        IncidentManifest manifest = read(folder).manifest();

        assertThat(manifest.start()).isEqualTo(Instant.parse("2025-02-06T00:19:58Z"));
        assertThat(manifest.end()).isEqualTo(Instant.parse("2025-02-06T00:21:01Z"));
    }

    @Test
    void shouldSkipTheRestOfAnOverlongLine() throws IOException {
        SmallBundle.in(folder);
        byte[] chunk = new byte[1 << 20];
        Arrays.fill(chunk, (byte) 'x');
        try (OutputStream out = Files.newOutputStream(folder.resolve("raw/pods.jsonl"))) {
            for (int i = 0; i < 64; i++) {
                out.write(chunk);
            }
            out.write(("\n" + SmallBundle.POD).getBytes(StandardCharsets.UTF_8));
        }

        IncidentBundle bundle = read(folder);

        assertThat(facts(bundle)).hasSize(4);
        assertThat(deadLetters(bundle)).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).contains("67108864 bytes is too long");
            assertThat(letter.getRaw()).hasSize(4096);
        });
    }

    @Test
    void shouldJoinTheLinesThatAContainerRuntimeHasSplit() {
        SmallBundle.in(folder);
        SmallBundle.write(folder, "raw/logs/agent/node-1.log", """
                2025-02-06T00:20:05.1Z stderr P time="2025-02-06T00:20:05Z" level=error msg="No identity\s
                2025-02-06T00:20:05.2Z stderr F issued" pid=42
                2025-02-06T00:20:06.1Z stderr F time="2025-02-06T00:20:06Z" level=error msg="No identity issued" pid=43
                """);
        IncidentBundle bundle = read(folder);

        assertThat(facts(bundle)).hasSize(6);
        assertThat(bundle.report().deadLettered().count()).isZero();
        assertThat(bundle.report().continuations()).isEqualTo(1);
    }

    @Test
    void shouldReplaceBytesThatAreNotText() throws IOException {
        SmallBundle.in(folder);
        byte[] pod = SmallBundle.POD.replace("cart:1", "cart:?").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < pod.length; i++) {
            pod[i] = pod[i] == '?' ? (byte) 0xff : pod[i];
        }
        Files.write(folder.resolve("raw/pods.jsonl"), pod);

        assertThat(facts(read(folder))).hasSize(4);
    }

    @Test
    void shouldWorkOutTheTimeOfABundleWithoutManifest() throws IOException {
        SmallBundle.in(folder);
        Files.delete(folder.resolve("incident.yaml"));
        write(folder, "raw/nodes.jsonl", SmallBundle.NODE.replace("2025-02-06", "1999-02-06"));

        IncidentBundle bundle = read(folder);

        assertThat(bundle.manifest().id()).isEqualTo(folder.getFileName().toString());
        assertThat(bundle.manifest().cluster()).isEqualTo("default");
        assertThat(bundle.manifest().start()).isEqualTo(START.plusSeconds(2));
        assertThat(bundle.manifest().end()).isEqualTo(START.plusSeconds(4));
        assertThat(deadLetters(bundle)).hasSize(1);
        assertThat(bundle.roster().sources())
                .extracting(source -> source.name())
                .containsExactly("agent-debug/node-1", "kubernetes", "spire-server");
    }

    @Test
    void shouldSendToEveryPartitionWhatNobodyCanPlace() throws IOException {
        SmallBundle.in(folder);
        Files.delete(folder.resolve("raw/nodes.jsonl"));
        Files.delete(folder.resolve("raw/pods.jsonl"));

        assertThat(facts(read(folder)))
                .filteredOn(it -> it.topic() == Topics.ENTRY_EVENTS)
                .singleElement()
                .satisfies(it -> assertThat(it.route()).isEqualTo(Route.EVERY_PARTITION));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agent-log/pasted              | time='2025-02-06T00:21:00Z' level=error msg='Synchronize failed'"
                        + " error='failed to fetch authorized entries: x' subsystem_name=manager",
                "server-log/pasted             | time='2025-02-06T00:21:00Z' level=error msg='Failed to reload entry cache'"
                        + " error='datastore-sql: connection refused' subsystem_name=endpoints",
                "controller-manager-log/pasted | {'level':'error','ts':1738801260,'logger':'entry-reconciler',"
                        + "'msg':'Failed to list SPIRE entries','error':'x'}"
            })
    void shouldTellWhoseLogWasPasted(String source, String line) {
        write(folder, "pasted.log", line.replace('\'', '"') + "\n");

        IncidentBundle bundle = read(folder.resolve("pasted.log"));

        assertThat(bundle.manifest().id()).isEqualTo("pasted");
        assertThat(bundle.manifest().start()).isEqualTo(Instant.parse("2025-02-06T00:21:00Z"));
        assertThat(bundle.report().factsBySource()).containsOnlyKeys(source);
        assertThat(header(facts(bundle).get(0)).getOrigin().getLocation()).isEqualTo("pasted.log");
    }

    @Test
    void shouldRefuseALogThatNobodyUnderstands() {
        write(folder, "shopping.txt", "milk\nbread\n");

        assertThatThrownBy(() -> read(folder.resolve("shopping.txt")))
                .isInstanceOf(BundleProblem.class)
                .hasMessageContaining("shopping.txt: holds no fact and no incident.yaml");
    }

    @Test
    void shouldRefuseAnEmptyFolder() {
        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(BundleProblem.class)
                .hasMessageContaining("holds neither incident.yaml nor a file under raw/")
                .hasMessageContaining("raw/logs/agent/NODE.log");
    }

    @Test
    void shouldRefuseAManifestWithoutMaterial() {
        write(folder, "incident.yaml", SmallBundle.MANIFEST);

        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(BundleProblem.class)
                .hasMessageContaining("holds incident.yaml, but no file under raw/");
    }

    @Test
    void shouldRefuseAManifestWhoseTimesFitNoFact() {
        SmallBundle.in(folder);
        write(folder, "incident.yaml", SmallBundle.MANIFEST.replace("2025-02-06", "2024-02-06"));

        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(BundleProblem.class)
                .hasMessageContaining("no fact lies within a day of 2024-02-06T00:20:00Z")
                .hasMessageContaining("correct start and end");
    }

    @Test
    void shouldRefuseTwoLogsOfOneNode() {
        SmallBundle.in(folder);
        write(folder, "raw/logs/agent/node-1.log", "");
        write(folder, "raw/logs/agent/node-1.log.1", "");

        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(BundleProblem.class)
                .hasMessageContaining("second file of agent-log/node-1");
    }

    @Test
    void shouldRefuseALinkThatLeavesTheBundle(@TempDir Path elsewhere) throws IOException {
        SmallBundle.in(folder);
        write(elsewhere, "secret", "secret");
        Files.createSymbolicLink(folder.resolve("raw/events.jsonl"), elsewhere.resolve("secret"));

        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(BundleProblem.class)
                .hasMessageContaining("raw/events.jsonl: is a link that leaves the bundle");
    }

    @Test
    void shouldListTheFilesThatItDoesNotRead() {
        SmallBundle.in(folder);
        write(folder, "raw/deployments.jsonl", "{}\n");

        assertThat(read(folder).report().notUsed()).containsExactly("raw/deployments.jsonl");
    }

    private static IncidentBundle read(Path bundle) {
        return new BundleReader().read(bundle);
    }

    private static Stream<Publication> all(IncidentBundle bundle) {
        return StreamSupport.stream(bundle.publications().spliterator(), false);
    }

    private static List<Publication> facts(IncidentBundle bundle) {
        return all(bundle)
                .filter(it -> it.topic() != Topics.DEAD_LETTERS && !isBeat(it))
                .toList();
    }

    private static List<DeadLetter> deadLetters(IncidentBundle bundle) {
        return all(bundle)
                .filter(it -> it.topic() == Topics.DEAD_LETTERS)
                .map(it -> (DeadLetter) it.value())
                .toList();
    }

    private static List<Instant> beats(IncidentBundle bundle, String source, String topic) {
        return all(bundle)
                .filter(it -> isBeat(it) && it.topic().name().equals(topic))
                .filter(it -> header(it).getSource().equals(source))
                .map(it -> ((Heartbeat) it.value().get(1)).getUntil())
                .toList();
    }

    private static boolean isBeat(Publication publication) {
        return publication.value().get(1) instanceof Heartbeat;
    }

    private static EventHeader header(Publication publication) {
        return (EventHeader) publication.value().get(0);
    }
}
