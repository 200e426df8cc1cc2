package io.svidflow.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.replay.Replay;
import io.svidflow.producer.Publication;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recordings published to a real broker give the findings of their replay: with one partition, with six, and when one of
 * two instances of each stage is killed half-way. Each recording is a cluster of its own, all at the same time.
 */
@Tag("broker")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerTest {

    private static final List<String> RECORDINGS =
            List.of("s01-node-restart-datastore", "s04-ban-evict", "s07-node-restart-datastore-debug");
    private static final String SEED = "spire-5859-registrar-lag";

    private final Map<String, IncidentBundle> bundles = new LinkedHashMap<>();
    private final Map<String, Conclusions> replays = new LinkedHashMap<>();
    private List<Publication> publications;
    private Path temporary;

    @BeforeAll
    void replay(@TempDir Path folder) throws IOException {
        temporary = folder;
        Recordings recordings = new Recordings();
        for (String id : RECORDINGS) {
            add(read(BundleCopies.unpack(recordings.path(id), temporary), id));
        }
        add(recordings.bundle(SEED));
        publications = interleaved();
    }

    @Test
    void shouldFindOnOnePartitionWhatAReplayFinds() throws InterruptedException {
        try (LivePipeline live = new LivePipeline(1, 1, temporary.resolve("one")).start()) {
            live.publish(publications);
            compare(live);
        }
    }

    @Test
    void shouldFindOnSixPartitionsWhatAReplayFinds() throws InterruptedException {
        try (LivePipeline live = new LivePipeline(6, 1, temporary.resolve("six")).start()) {
            live.publish(publications);
            compare(live);
        }
    }

    @Test
    void shouldFindWhatAReplayFindsWhenAnInstanceOfEachStageIsKilledHalfWay() throws InterruptedException {
        try (LivePipeline live = new LivePipeline(6, 2, temporary.resolve("killed")).start()) {
            int half = publications.size() / 2;
            live.publish(publications.subList(0, half));
            live.awaitSettled(RECORDINGS.get(0), start(RECORDINGS.get(0)).plusSeconds(60));
            live.killOneOfEach();
            live.publish(publications.subList(half, publications.size()));
            await().atMost(Duration.ofSeconds(60)).until(() -> live.dead() == 2);
            compare(live);
        }
    }

    private void compare(LivePipeline live) throws InterruptedException {
        bundles.forEach((cluster, bundle) ->
                live.awaitSettled(cluster, bundle.manifest().end()));
        Conclusions all = live.conclusions();
        assertThat(replays.values())
                .allSatisfy(replay -> assertThat(replay.findings()).isNotEmpty());
        SoftAssertions softly = new SoftAssertions();
        replays.forEach((cluster, replay) -> Likeness.compare(softly, cluster, all, replay));
        softly.assertAll();
    }

    private Instant start(String cluster) {
        return bundles.get(cluster).manifest().start();
    }

    private void add(IncidentBundle bundle) {
        String cluster = bundle.manifest().cluster();
        bundles.put(cluster, bundle);
        try (Replay replay = Replay.from(bundle.manifest().start())) {
            replays.put(cluster, replay.play(bundle.publications()));
        }
    }

    /** All recordings are of one laboratory; here each is a cluster. */
    private static IncidentBundle read(Path folder, String cluster) throws IOException {
        Path manifest = folder.resolve("incident.yaml");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("(?m)^cluster: .*", "cluster: " + cluster));
        return new BundleReader().read(folder);
    }

    /** One publication of each cluster in turn. */
    private List<Publication> interleaved() {
        List<Iterator<Publication>> left = new ArrayList<>(
                bundles.values().stream().map(b -> b.publications().iterator()).toList());
        List<Publication> all = new ArrayList<>();
        while (!left.isEmpty()) {
            left.removeIf(bundle -> !bundle.hasNext());
            left.forEach(bundle -> all.add(bundle.next()));
        }
        return all;
    }
}
