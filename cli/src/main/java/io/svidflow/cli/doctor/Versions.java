package io.svidflow.cli.doctor;

import io.svidflow.diagnosis.SpireVersion;
import io.svidflow.event.PodRole;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.layout.AttestedAgent;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.PlacedPod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Versions of the agents: what they are known for, and whether they differ. */
final class Versions implements Check {

    @Override
    public String name() {
        return "versions";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        SortedSet<SpireVersion> versions = versions(layout);
        if (versions.isEmpty()) {
            return List.of(notChecked(
                    "version of the agents: neither a log from their start, nor an image tag, nor incident.yaml tells",
                    "add spireVersion to incident.yaml"));
        }
        List<Remark> remarks = new ArrayList<>();
        remarks.add(
                versions.size() == 1
                        ? fine("agents of version " + versions.first())
                        : number(
                                "agents of versions " + words(versions),
                                "they react differently to the same fault; finish the upgrade before comparing nodes"));
        for (KnownFault fault : KnownFault.ALL) {
            List<SpireVersion> concerned =
                    versions.stream().filter(fault::concerns).toList();
            if (!concerned.isEmpty()) {
                remarks.add(new Remark(
                        fault.severity(),
                        name(),
                        fault.component() + " " + words(concerned),
                        fault.effect(),
                        fault.remedy()));
            }
        }
        return remarks;
    }

    private static String words(Collection<SpireVersion> versions) {
        return versions.stream().map(SpireVersion::toString).collect(Collectors.joining(", "));
    }

    /** What the agents say themselves counts; the manifest only where they say nothing. */
    private static SortedSet<SpireVersion> versions(Layout layout) {
        Stream<String> told = Stream.of(
                        layout.logs(SourceKind.AGENT_LOG).stream().flatMap(log -> log.versions().stream()),
                        layout.spire().agents().stream().map(AttestedAgent::version),
                        layout.kubernetes().pods(PodRole.SPIRE_AGENT).stream()
                                .map(PlacedPod::images)
                                .flatMap(List::stream)
                                .map(image -> image.substring(image.lastIndexOf(':') + 1)))
                .flatMap(it -> it);
        SortedSet<SpireVersion> versions = parsed(told);
        return versions.isEmpty() ? parsed(layout.manifest().spireVersion().stream()) : versions;
    }

    private static SortedSet<SpireVersion> parsed(Stream<String> texts) {
        SortedSet<SpireVersion> versions = new TreeSet<>();
        texts.filter(Objects::nonNull).forEach(text -> SpireVersion.of(text).ifPresent(versions::add));
        return versions;
    }
}
