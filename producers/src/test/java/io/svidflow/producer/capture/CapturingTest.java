package io.svidflow.producer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.Captured;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.Publication;
import io.svidflow.producer.bundle.BundleProblem;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.FactBundle;
import io.svidflow.producer.bundle.IncidentBundle;
import io.svidflow.producer.coverage.Gap;
import io.svidflow.producer.coverage.Heartbeats;
import io.svidflow.producer.coverage.Roster;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.serde.EventClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturingTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Source SERVER = Source.of(SourceKind.SPIRE_SERVER);
    private static final Source AGENT = new Source(SourceKind.AGENT_LOG, "node-1");

    static {
        EventClasses.trust();
    }

    private final Capturing capturing = new Capturing(Stretch.EVERYTHING, Optional.empty());

    @TempDir
    Path folder;

    @Test
    void shouldTellTheSourcesAndTheirGapsByTheirHeartbeats() throws IOException {
        for (int second = 0; second <= 120; second++) {
            beat(capturing, SERVER, second, second < 40 ? 0 : 40);
            if (second % 5 == 0 && second <= 60) {
                beat(capturing, AGENT, second, 0);
            }
            if (second == 20) {
                second = 39;
            }
        }

        IncidentBundle bundle = written();

        assertThat(bundle.manifest().start()).isEqualTo(START);
        assertThat(bundle.manifest().end()).isEqualTo(START.plusSeconds(120));
        assertThat(bundle.roster().gaps())
                .containsEntry(SERVER, List.of(new Gap(START.plusSeconds(20), START.plusSeconds(40))))
                .containsEntry(AGENT, List.of(new Gap(START.plusSeconds(60), START.plusSeconds(120))));
    }

    @Test
    void shouldReplayTheFactsAndNotTheObjectsBesideThem() throws IOException {
        beat(capturing, SERVER, 0, 0);
        capturing.add("lab", START.plusSeconds(1), failure(1));
        beat(capturing, SERVER, 2, 0);
        written();
        Files.createDirectories(folder.resolve("raw"));
        Files.writeString(folder.resolve("raw/pods.jsonl"), "not read\n");

        IncidentBundle bundle = new BundleReader().read(folder);

        assertThat(bundle.report().facts()).isEqualTo(1);
        assertThat(bundle.report().deadLettered().count()).isZero();
    }

    @Test
    void shouldKeepOnceWhatWasWrittenToEveryPartition() {
        for (int partition = 0; partition < 6; partition++) {
            beat(capturing, SERVER, 0, 0);
            capturing.add("lab", START.plusSeconds(1), failure(1));
        }

        assertThat(capturing.finish().facts())
                .extracting(fact -> fact.getValue().getClass().getSimpleName())
                .containsExactlyInAnyOrder("EntryEvent", "AgentEvent", "ServerEvent", "ServerEvent");
    }

    @Test
    void shouldPutTogetherPartitionsThatAreReadOneAfterTheOther() {
        for (int second = 0; second < 5; second++) {
            beat(capturing, SERVER, second, 0);
        }
        for (int second = 0; second < 5; second++) {
            capturing.add("lab", START.plusSeconds(second), failure(second));
        }

        List<Captured> facts = capturing.finish().facts();

        assertThat(facts).extracting(Captured::getPublishedAt).isSorted();
        // a fact goes before the heartbeats of its instant, which promise that it has been published
        assertThat(facts.get(0).getValue()).isEqualTo(failure(0));
    }

    @Test
    void shouldNotPromiseThatTheTimeBeforeTheCaptureWasWatched() {
        Capturing later = new Capturing(new Stretch(START.plusSeconds(60), START.plusSeconds(90)), Optional.of("lab"));
        beat(later, SERVER, 59, 0);
        beat(later, SERVER, 61, 0);
        beat(later, SERVER, 91, 0);
        later.add("lab", START.plusSeconds(30), failure(30));
        later.add("lab", START.plusSeconds(92), failure(92));

        Capture capture = later.finish();

        assertThat(capture.manifest().start()).isEqualTo(START.plusSeconds(60));
        assertThat(capture.facts()).hasSize(3).allSatisfy(fact -> {
            Heartbeat heartbeat = (Heartbeat) ((IndexedRecord) fact.getValue()).get(1);
            assertThat(heartbeat.getUntil()).isEqualTo(START.plusSeconds(61));
            assertThat(heartbeat.getCoveredSince()).isEqualTo(START.plusSeconds(60));
        });
    }

    @Test
    void shouldAskWhichClusterIsMeant() {
        capturing.add("lab", START, failure(0));
        ServerEvent other = failure(1);
        other.put(
                0, EventHeader.newBuilder(other.getHeader()).setCluster("other").build());
        capturing.add("other", START, other);

        assertThatThrownBy(capturing::finish).hasMessageContaining("lab, other").hasMessageContaining("--cluster");
    }

    @Test
    void shouldSayThatThereIsNothing() {
        assertThatThrownBy(() -> new Capturing(Stretch.EVERYTHING, Optional.of("lab")).finish())
                .hasMessageContaining("nothing about the cluster lab");
    }

    @Test
    void shouldFollowFromTheManifestWhatNoHeartbeatSays() throws IOException {
        capturing.add("lab", START, failure(0));
        capturing.add("lab", START.plusSeconds(9), failure(9));
        CaptureFolder.write(capturing.finish(), folder);
        Path manifest = folder.resolve("incident.yaml");
        Files.writeString(
                manifest, Files.readString(manifest).replaceFirst("sources: .*", "sources: {spire-server: {}}"));

        List<Publication> publications = new ArrayList<>();
        new BundleReader().read(folder).publications().forEach(publications::add);

        assertThat(publications)
                .filteredOn(publication -> publication.value().get(1) instanceof Heartbeat)
                .hasSize(10 * 3);
    }

    @Test
    void shouldSayWhatIsWrongWithADamagedFile() throws IOException {
        beat(capturing, SERVER, 0, 0);
        written();
        Path facts = folder.resolve(FactBundle.FILE);
        byte[] bytes = Files.readAllBytes(facts);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] damaged = bytes.clone();
            for (int j = 0; j < 20; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Files.write(facts, damaged);
            try {
                new BundleReader().read(folder);
            } catch (BundleProblem problem) {
                assertThat(problem).as("seed %d", seed).hasMessageContaining("facts.avro");
            }
        }
        Files.write(facts, new byte[0]);
        assertThatThrownBy(() -> new BundleReader().read(folder)).hasMessageContaining("facts.avro");
    }

    @Test
    void shouldRefuseFactsOfAnotherCluster() throws IOException {
        beat(capturing, SERVER, 0, 0);
        written();
        Path manifest = folder.resolve("incident.yaml");
        Files.writeString(manifest, Files.readString(manifest).replace("cluster: lab", "cluster: other"));

        assertThatThrownBy(() -> new BundleReader().read(folder))
                .isInstanceOf(BundleProblem.class)
                .hasMessageContaining("about the cluster lab");
        Files.delete(manifest);
        assertThatThrownBy(() -> new BundleReader().read(folder))
                .isInstanceOf(BundleProblem.class)
                .hasMessageContaining("no incident.yaml");
    }

    private IncidentBundle written() throws IOException {
        CaptureFolder.write(capturing.finish(), folder);
        return new BundleReader().read(folder);
    }

    private static void beat(Capturing capturing, Source source, int second, int since) {
        Instant at = START.plusSeconds(second);
        new Heartbeats("lab", Roster.of(List.of(SERVER, AGENT)), source)
                .at(at, START.plusSeconds(since))
                .forEach(beat -> capturing.add(beat.key(), at, beat.value()));
    }

    private static ServerEvent failure(int second) {
        Instant at = START.plusSeconds(second);
        return ServerEvent.newBuilder()
                .setHeader(EventHeader.newBuilder()
                        .setId("id-" + second)
                        .setEventTime(at)
                        .setObservedTime(at)
                        .setSource("spire-server")
                        .setCluster("lab")
                        .setSequence(second)
                        .setOrigin(Origin.newBuilder()
                                .setKind(OriginKind.API)
                                .setLocation("ListEntries")
                                .build())
                        .build())
                .setBody(new SourceFailure("ListEntries", "unavailable"))
                .build();
    }
}
