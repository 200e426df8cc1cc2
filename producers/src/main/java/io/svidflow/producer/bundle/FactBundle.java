package io.svidflow.producer.bundle;

import io.svidflow.event.Captured;
import io.svidflow.event.DeadLetter;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.producer.bundle.ReadReport.Lines;
import io.svidflow.producer.coverage.Roster;
import io.svidflow.producer.coverage.Source;
import io.svidflow.serde.FactFile;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads a bundle that holds facts as they were published, instead of what they were made from. Where it holds heartbeats
 * as well, they are replayed as they came, late or not: then the replay concludes what was concluded live. Otherwise they
 * follow from the sources that the manifest declares.
 */
public final class FactBundle {

    /** The facts. */
    public static final String FILE = "facts.avro";
    /** What the bundle says about itself. */
    public static final String MANIFEST = ManifestReader.FILE;

    private static final long MOST = 20_000_000;
    private static final int SAMPLES = 5;
    private static final Map<Class<?>, Topic<?>> TOPICS = Stream.concat(
                    Topics.NODE_FACTS.stream(), Stream.of(Topics.SERVER_EVENTS, Topics.DEAD_LETTERS))
            .collect(Collectors.toMap(Topic::valueType, Function.identity()));

    private final BundleFiles files;
    private final IncidentManifest manifest;
    private final FactChoice choice;
    private final List<Publication> publications = new ArrayList<>();
    private final SortedMap<String, Long> bySource = new TreeMap<>();
    private final SortedSet<Source> present = new TreeSet<>();
    private final List<String> broken = new ArrayList<>();
    private long deadLetters;
    private boolean heartbeats;

    FactBundle(BundleFiles files, IncidentManifest manifest, Selection selection) {
        this.files = files;
        this.manifest = manifest;
        this.choice = new FactChoice(selection);
    }

    /**
     * Whether a bundle is read as one of facts. They are what was concluded from; objects that lie beside them show how the
     * cluster was laid out, and need not be all that the facts were made from.
     */
    static boolean in(BundleFiles files) {
        return files.exists(FILE);
    }

    static BundleProblem nameless(Path bundle) {
        return BundleProblem.in(
                bundle, "holds " + FILE + ", but no " + MANIFEST, "put the one there that was captured with it");
    }

    IncidentBundle read() {
        captured().forEach(this::take);
        Roster roster = Sources.roster(manifest, present).withReader();
        Iterable<Publication> all = heartbeats
                ? List.copyOf(publications)
                : new Timeline(
                        publications.stream()
                                .map(FactBundle::arranged)
                                .sorted()
                                .map(Arranged::publication)
                                .toList(),
                        manifest.cluster(),
                        roster,
                        manifest.start(),
                        manifest.end());
        return new IncidentBundle(manifest, roster, all, report(), files.text("expected.yaml"));
    }

    private List<Captured> captured() {
        try (InputStream in = files.open(FILE)) {
            return FactFile.read(in, MOST);
        } catch (IOException e) {
            throw BundleProblem.in(FILE, e.getMessage(), "capture again, or name another bundle", e);
        }
    }

    private void take(Captured captured) {
        SpecificRecord value = (SpecificRecord) captured.getValue();
        if (value instanceof DeadLetter letter) {
            requireCluster(letter.getCluster());
            deadLetters++;
            if (broken.size() < SAMPLES) {
                broken.add(letter.getOrigin().getLocation() + ": " + letter.getReason());
            }
        } else {
            EventHeader header = (EventHeader) value.get(0);
            requireCluster(header.getCluster());
            value = choice.of(value);
            if (value == null) {
                return;
            }
            if (value.get(1) instanceof Heartbeat) {
                heartbeats = true;
            } else {
                bySource.merge(header.getSource(), 1L, Long::sum);
            }
            Source.named(header.getSource()).ifPresent(present::add);
        }
        Topic<?> topic = TOPICS.get(value.getClass());
        boolean everywhere = topic.key() == Topic.Key.NODE && captured.getKey().indexOf('/') < 0;
        publications.add(new Publication(
                topic,
                captured.getKey(),
                value,
                captured.getPublishedAt(),
                everywhere ? Route.EVERY_PARTITION : Route.BY_KEY));
    }

    private void requireCluster(String cluster) {
        if (!cluster.equals(manifest.cluster())) {
            throw BundleProblem.in(
                    FILE,
                    "is about the cluster " + cluster + ", and " + MANIFEST + " about " + manifest.cluster(),
                    "put those files together that were captured together");
        }
    }

    private static Arranged arranged(Publication publication) {
        return publication.value() instanceof DeadLetter
                ? Arranged.deadLetter(publication)
                : Arranged.fact(publication);
    }

    private ReadReport report() {
        long facts = bySource.values().stream().mapToLong(Long::longValue).sum();
        Lines none = new Lines(0, List.of());
        return new ReadReport(
                facts + deadLetters, facts, none, none, 0, new Lines(deadLetters, broken), bySource, List.of());
    }
}
