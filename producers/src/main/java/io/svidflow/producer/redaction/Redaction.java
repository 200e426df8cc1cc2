package io.svidflow.producer.redaction;

import io.svidflow.event.Captured;
import io.svidflow.producer.bundle.DeclaredSource;
import io.svidflow.producer.bundle.IncidentManifest;
import io.svidflow.producer.capture.Capture;
import io.svidflow.producer.coverage.Gap;
import io.svidflow.producer.coverage.SourceKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * Replaces the names in a capture: of the cluster, nodes, namespaces, pods, their owners and containers, rules, accounts,
 * images, labels, SPIFFE IDs, hosts and addresses, also where they occur in messages. UIDs, times, versions, reasons and
 * the words of messages stay. What could not be read when it was observed loses its text.
 */
public final class Redaction {

    private final RedactionKey key;
    private final Pseudonyms pseudonyms;

    /** @param key equal keys give equal pseudonyms, so that two captures of one cluster can be laid side by side */
    public Redaction(RedactionKey key) {
        this.key = key;
        this.pseudonyms = new Pseudonyms(key);
    }

    /** The same capture with pseudonyms. */
    public Capture redact(Capture capture) {
        NameLearning learning = new NameLearning(pseudonyms);
        capture.facts().forEach(fact -> Texts.visit((IndexedRecord) fact.getValue(), learning::learn));
        TextRedaction texts =
                new TextRedaction(pseudonyms, new KnownNames(pseudonyms.names().keySet()));
        List<Captured> facts = capture.facts().stream()
                .map(fact -> new Captured(
                        fact.getPublishedAt(),
                        texts.key(fact.getKey()),
                        Texts.rewrite((SpecificRecord) fact.getValue(), texts::redact)))
                .toList();
        return new Capture(manifest(capture.manifest(), texts), facts);
    }

    /** Who is behind the pseudonyms that were given out. It stays with whoever captured. */
    public Mapping mapping() {
        return new Mapping(key, pseudonyms.originals());
    }

    private IncidentManifest manifest(IncidentManifest manifest, TextRedaction texts) {
        Optional<Map<SourceKind, DeclaredSource>> sources = manifest.sources().map(declared -> {
            Map<SourceKind, DeclaredSource> redacted = new EnumMap<>(SourceKind.class);
            declared.forEach((kind, source) -> redacted.put(kind, source(kind, source, texts)));
            return redacted;
        });
        return new IncidentManifest(
                manifest.id(),
                "",
                pseudonyms.of(NameKind.CLUSTER, manifest.cluster()),
                manifest.trustDomain().map(domain -> pseudonyms.of(NameKind.TRUST_DOMAIN, domain)),
                manifest.start(),
                manifest.end(),
                manifest.spireVersion(),
                Map.of(),
                sources);
    }

    private static DeclaredSource source(SourceKind kind, DeclaredSource source, TextRedaction texts) {
        Map<String, List<Gap>> gaps = source.gaps().entrySet().stream()
                .collect(Collectors.toMap(
                        gap -> texts.member(kind, gap.getKey()), Map.Entry::getValue, (a, b) -> a, TreeMap::new));
        return new DeclaredSource(
                source.members().map(members -> members.stream()
                        .map(member -> texts.member(kind, member))
                        .toList()),
                gaps);
    }
}
