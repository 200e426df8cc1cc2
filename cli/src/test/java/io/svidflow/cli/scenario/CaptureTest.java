package io.svidflow.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.capture.FactTopics;
import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.replay.Replay;
import io.svidflow.cli.run.TopicSetup;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.event.Alternative;
import io.svidflow.event.Finding;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.RuledOut;
import io.svidflow.producer.Publication;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import io.svidflow.producer.capture.Capture;
import io.svidflow.producer.capture.CaptureFolder;
import io.svidflow.producer.capture.Capturing;
import io.svidflow.producer.capture.Stretch;
import io.svidflow.producer.publish.KafkaPublisher;
import io.svidflow.producer.publish.Pacing;
import io.svidflow.producer.redaction.Mapping;
import io.svidflow.producer.redaction.Redaction;
import io.svidflow.producer.redaction.RedactionKey;
import io.svidflow.serde.EventSerdes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was published, captured and replayed, gives the findings of what it was made from; also without its names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaptureTest {

    private static final RedactionKey KEY = RedactionKey.parse(
            Base64.getEncoder().encodeToString("a key of thirty-two bytes, ascii".getBytes(StandardCharsets.US_ASCII)));

    private final Recordings recordings = new Recordings();

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"s02-healthy-churn", "s04-ban-evict", "db-blackhole-1104"})
    void shouldGiveTheSameFindingsFromTheFactsAsFromTheMaterial(String id) throws IOException {
        IncidentBundle material = recordings.bundle(id);

        IncidentBundle facts = written(capture(material, Stretch.EVERYTHING), id);

        compare(material, facts);
        assertThat(facts.roster().gaps()).isEqualTo(material.roster().gaps());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s05-kubelet-refuse", "selector-container-1153", "db-auth-1122-json-noaudit", "net-refused-1122"
            })
    void shouldGiveTheSameVerdictsWithoutNames(String id) throws IOException {
        IncidentBundle material = recordings.bundle(id);
        Redaction redaction = new Redaction(KEY);

        IncidentBundle redacted = written(redaction.redact(capture(material, Stretch.EVERYTHING)), id);

        Mapping mapping = redaction.mapping();
        assertThat(verdicts(play(redacted), mapping)).isEqualTo(verdicts(play(material), mapping));
        assertNoNames(redacted, play(material));
    }

    @Test
    void shouldKnowWhatWasThereWhenACaptureBeginsLater() throws IOException {
        IncidentBundle material = recordings.bundle("s05-kubelet-refuse");
        Finding finding = play(material).findings().get(0);
        Instant from = finding.getSince().minusSeconds(20);

        IncidentBundle facts = written(capture(material, new Stretch(from, Instant.MAX)), "later");

        assertThat(facts.manifest().start()).isEqualTo(from);
        assertThat(verdicts(play(facts), NOBODY)).contains(verdict(finding, NOBODY));
    }

    @Test
    @Tag("broker")
    void shouldFindInTheTopicsWhatWasPublished() throws IOException, InterruptedException {
        String id = "s04-ban-evict";
        IncidentBundle material = recordings.bundle(id);
        try (EmbeddedKafka kafka = new EmbeddedKafka().start()) {
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers",
                    kafka.bootstrapServers(),
                    "schema.registry.url",
                    "mock://capture-" + UUID.randomUUID());
            TopicSetup.create(settings, 6);
            EventSerdes serdes = new EventSerdes(settings);
            try (KafkaPublisher publisher = new KafkaPublisher(settings, serdes, Clock.systemUTC())) {
                publisher.publish(material.publications(), Pacing.fastest());
            }
            Capturing capturing = new Capturing(Stretch.EVERYTHING, Optional.empty());
            try (FactTopics topics = new FactTopics(settings, serdes)) {
                topics.read(capturing, read -> {});
            }

            compare(material, written(capturing.finish(), id));
        }
    }

    private static final Mapping NOBODY = new Mapping(KEY, new TreeMap<>());

    private static Capture capture(IncidentBundle bundle, Stretch stretch) {
        Capturing capturing = new Capturing(stretch, Optional.empty());
        for (Publication publication : bundle.publications()) {
            capturing.add(publication.key(), publication.observedAt(), publication.value());
        }
        return capturing.finish();
    }

    private IncidentBundle written(Capture capture, String name) throws IOException {
        Path folder = temporary.resolve(name + "-" + UUID.randomUUID());
        CaptureFolder.write(capture, folder);
        return new BundleReader().read(folder);
    }

    private static Conclusions play(IncidentBundle bundle) {
        try (Replay replay = Replay.from(bundle.manifest().start())) {
            return replay.play(bundle.publications());
        }
    }

    private static void compare(IncidentBundle material, IncidentBundle facts) {
        SoftAssertions softly = new SoftAssertions();
        Likeness.compare(softly, material.manifest().cluster(), play(facts), play(material));
        softly.assertAll();
    }

    /** What is concluded of each pod, with the pseudonyms in place of the names. */
    private static Set<String> verdicts(Conclusions conclusions, Mapping mapping) {
        Set<String> verdicts = new TreeSet<>();
        conclusions.findings().forEach(finding -> verdicts.add(verdict(finding, mapping)));
        conclusions
                .incidents()
                .forEach(incident -> verdicts.add(String.join(
                        " | ",
                        "incident",
                        incident.getCause(),
                        incident.getScope().toString(),
                        String.valueOf(incident.getPods()),
                        incident.getOpenedAt().toString(),
                        String.valueOf(incident.getClosedAt()))));
        return verdicts;
    }

    private static String verdict(Finding finding, Mapping mapping) {
        return String.join(
                " | ",
                pseudonym(finding.getNamespace(), mapping) + "/" + pseudonym(finding.getPod(), mapping),
                finding.getPodUid(),
                pseudonym(finding.getNode(), mapping),
                finding.getState().toString(),
                finding.getCause(),
                String.valueOf(finding.getConfidence()),
                String.valueOf(finding.getVariant()),
                finding.getAlternatives().stream()
                        .map(Alternative::getCause)
                        .toList()
                        .toString(),
                finding.getRuledOut().stream().map(RuledOut::getCause).toList().toString(),
                finding.getSince().toString(),
                finding.getDetectedAt().toString(),
                String.valueOf(finding.getRecoveredAt()),
                String.valueOf(finding.getPrediction()),
                String.valueOf(finding.getProof()));
    }

    private static String pseudonym(String name, Mapping mapping) {
        return mapping.names().entrySet().stream()
                .filter(one -> one.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name);
    }

    /** No name of a pod that was reported, of its owner, node or namespace is left, in whatever message. */
    private static void assertNoNames(IncidentBundle redacted, Conclusions material) {
        Set<String> names = material.findings().stream()
                .flatMap(finding -> List.of(finding.getPod(), finding.getNode(), finding.getNamespace()).stream())
                .collect(Collectors.toSet());
        Pattern anyOfThem = Pattern.compile("(?<![A-Za-z0-9])(?:" + String.join("|", names) + ")(?![A-Za-z0-9])");
        redacted.publications().forEach(publication -> {
            if (!(publication.value().get(1) instanceof Heartbeat)) {
                assertThat(publication.key() + " " + publication.value()).doesNotContainPattern(anyOfThem);
            }
        });
    }
}
