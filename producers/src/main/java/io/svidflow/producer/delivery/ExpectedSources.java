package io.svidflow.producer.delivery;

import io.svidflow.producer.coverage.Roster;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sources that observe a cluster, whichever process runs them. Every process of a cluster is configured with the
 * same ones, because their heartbeats say who else is to be waited for.
 */
public final class ExpectedSources {

    private final Set<Source> clusterWide;
    private final Set<SourceKind> ofEachNode;
    private final Set<Source> met = new TreeSet<>();
    private int version;

    /**
     * @param clusterWide sources that speak for the whole cluster
     * @param ofEachNode kinds that every node has
     */
    public ExpectedSources(Collection<Source> clusterWide, Collection<SourceKind> ofEachNode) {
        this.clusterWide = new TreeSet<>(Roster.of(clusterWide).withReader().sources());
        this.ofEachNode = EnumSet.noneOf(SourceKind.class);
        this.ofEachNode.addAll(ofEachNode);
    }

    /** Whether the configuration names the source. */
    public synchronized boolean names(Source source) {
        return source.kind().clusterWide() ? clusterWide.contains(source) : ofEachNode.contains(source.kind());
    }

    /** The sources that speak for the whole cluster. */
    public synchronized Set<Source> clusterWide() {
        return new TreeSet<>(clusterWide);
    }

    /** A source that is there, whether it was expected or not; who hears it hears of it from the others too. */
    synchronized void met(Source source) {
        if (source.kind().clusterWide() && !clusterWide.contains(source) && met.add(source)) {
            version++;
        }
    }

    /** A source that is gone for good: nobody waits for it, unless the configuration names it. */
    synchronized void gone(Source source) {
        if (met.remove(source)) {
            version++;
        }
    }

    /** Grows when another source has been met or is gone. */
    synchronized int version() {
        return version;
    }

    /** What is to be waited for, as far as it concerns one source. */
    synchronized Roster around(Source source) {
        Set<Source> sources = new TreeSet<>(clusterWide);
        sources.addAll(met);
        if (!source.kind().clusterWide()) {
            ofEachNode.forEach(kind -> sources.add(new Source(kind, source.member())));
        }
        sources.add(source);
        return Roster.of(sources);
    }
}
