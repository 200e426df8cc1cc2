package io.svidflow.benchmark;

import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Heartbeats;
import io.svidflow.producer.coverage.Roster;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The heartbeats of a load: Kubernetes, the SPIRE server and its log each second, the log of every agent every 5 s.
 * Agents take turns, as they do when nobody started them all at once.
 */
final class LoadHeartbeats {

    static final Source KUBERNETES = Source.of(SourceKind.KUBERNETES);
    static final Source SPIRE_SERVER = Source.of(SourceKind.SPIRE_SERVER);
    static final Source SERVER_LOG = new Source(SourceKind.SERVER_LOG, "spire-server-0");

    /** Seconds from one heartbeat of an agent's log to the next. */
    static final int TURNS = (int) SourceKind.AGENT_LOG.cadence().toSeconds();

    private final Instant start;
    private final List<Heartbeats> clusterWide = new ArrayList<>();
    private final List<Heartbeats> agents = new ArrayList<>();

    LoadHeartbeats(List<String> nodes, Instant start) {
        this.start = start;
        List<Source> ofCluster = List.of(KUBERNETES, SPIRE_SERVER, SERVER_LOG);
        Roster roster = Roster.of(ofCluster);
        ofCluster.forEach(source -> clusterWide.add(new Heartbeats(LoadFacts.CLUSTER, roster, source)));
        for (String node : nodes) {
            // Sources of one node wait for nobody but each other, so each may have a roster of its own.
            Source log = new Source(SourceKind.AGENT_LOG, node);
            agents.add(new Heartbeats(LoadFacts.CLUSTER, Roster.of(List.of(log)), log));
        }
    }

    /** The promises for the end of a second of the load; at its beginning everybody speaks. */
    List<Publication> at(long second) {
        Instant until = start.plusSeconds(second);
        List<Publication> beats = new ArrayList<>();
        clusterWide.forEach(source -> beats.addAll(source.at(until, start)));
        for (int agent = 0; agent < agents.size(); agent++) {
            if (second == 0 || second % TURNS == agent % TURNS) {
                beats.addAll(agents.get(agent).at(until, start));
            }
        }
        return beats;
    }

    /**
     * The second at whose end everybody has promised to be complete up to an instant.
     *
     * @param instant not before the start
     */
    long knownAfter(Instant instant) {
        long micros = ChronoUnit.MICROS.between(start, instant);
        long second = Math.floorDiv(micros + 999_999, 1_000_000);
        return second == 0 ? 0 : second + Math.min(TURNS, agents.size()) - 1;
    }
}
