package io.svidflow.producer.bundle;

import io.svidflow.producer.coverage.Gap;
import io.svidflow.producer.coverage.Roster;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.coverage.SourceKind.Members;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells which sources a bundle was collected from. */
final class Sources {

    private Sources() {}

    /**
     * Those that the manifest declares; where it declares none, or not of which nodes and pods, those whose files are
     * there.
     */
    static Roster roster(IncidentManifest manifest, Collection<Source> present) {
        return manifest.sources().map(declared -> declared(declared, present)).orElseGet(() -> Roster.of(present));
    }

    private static Roster declared(Map<SourceKind, DeclaredSource> declared, Collection<Source> present) {
        SortedMap<Source, List<Gap>> gaps = new TreeMap<>();
        declared.forEach((kind, source) -> members(kind, source, present)
                .forEach(member -> gaps.put(new Source(kind, member), gaps(source, member))));
        return new Roster(gaps);
    }

    private static List<String> members(SourceKind kind, DeclaredSource declared, Collection<Source> present) {
        if (kind.members() == Members.NONE) {
            return List.of("");
        }
        return declared.members().orElseGet(() -> present.stream()
                .filter(source -> source.kind() == kind)
                .map(Source::member)
                .toList());
    }

    private static List<Gap> gaps(DeclaredSource declared, String member) {
        List<Gap> gaps = new ArrayList<>(declared.gaps().getOrDefault("", List.of()));
        if (!member.isEmpty()) {
            gaps.addAll(declared.gaps().getOrDefault(member, List.of()));
        }
        return gaps;
    }
}
