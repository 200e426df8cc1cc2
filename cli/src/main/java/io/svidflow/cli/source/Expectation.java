package io.svidflow.cli.source;

import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.coverage.SourceKind.Members;
import io.svidflow.producer.delivery.ExpectedSources;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which sources observe the cluster, as the configuration says.
 *
 * @param clusterWide empty: those of this process
 * @param ofNodes empty: those of this process
 */
record Expectation(Optional<List<Source>> clusterWide, Optional<List<SourceKind>> ofNodes) {

    static final Key<List<String>> SOURCES = Key.optional(
            "expected.sources",
            Form.LIST,
            "kubernetes, spire-server, server-log/spire-server-0",
            "Every source that speaks for the whole cluster, in whichever process it runs; the same in all processes."
                    + " Nobody concludes anything before each has been heard. Left out: those of this process.");
    static final Key<List<String>> NODE_SOURCES = Key.optional(
            "expected.node-sources",
            Form.LIST,
            "agent-log, agent-debug",
            "Kinds of sources that every node has. Left out: those of this process.");

    static List<Key<?>> keys() {
        return List.of(SOURCES, NODE_SOURCES);
    }

    static Expectation read(Section all) {
        Optional<List<Source>> clusterWide = all.find(SOURCES).map(names -> names.stream()
                .flatMap(name -> source(all, name).stream())
                .toList());
        Optional<List<SourceKind>> ofNodes = all.find(NODE_SOURCES)
                .map(names ->
                        names.stream().flatMap(name -> kind(all, name).stream()).toList());
        return new Expectation(clusterWide, ofNodes);
    }

    ExpectedSources sources(List<Planned> planned) {
        Set<Source> ours = new TreeSet<>();
        Set<SourceKind> kinds = new TreeSet<>();
        planned.forEach(one -> {
            ours.addAll(one.speaksFor());
            kinds.addAll(one.ofNodes());
        });
        return new ExpectedSources(clusterWide.orElse(List.copyOf(ours)), ofNodes.orElse(List.copyOf(kinds)));
    }

    private static Optional<Source> source(Section all, String name) {
        Optional<Source> source = Source.named(name).filter(one -> one.kind().clusterWide());
        if (source.isEmpty()) {
            all.problem(
                    SOURCES,
                    "names \"" + name + "\", which is no source of a whole cluster",
                    "name some of " + labels(Members.NONE) + ", or " + labels(Members.PODS) + " with /POD");
        }
        return source;
    }

    private static Optional<SourceKind> kind(Section all, String name) {
        Optional<SourceKind> kind = SourceKind.of(name).filter(one -> !one.clusterWide());
        if (kind.isEmpty()) {
            all.problem(
                    NODE_SOURCES,
                    "names \"" + name + "\", which is no kind of sources of nodes",
                    "name some of " + labels(Members.NODES));
        }
        return kind;
    }

    private static String labels(Members members) {
        return Stream.of(SourceKind.values())
                .filter(kind -> kind.members() == members && kind != SourceKind.READER)
                .map(SourceKind::label)
                .toList()
                .toString()
                .replaceAll("[\\[\\]]", "");
    }
}
