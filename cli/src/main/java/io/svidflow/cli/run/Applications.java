package io.svidflow.cli.run;

import io.svidflow.resync.ResyncTopology;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topology.IdentityTopology;
import io.svidflow.topology.IncidentTopology;

/** The Streams applications of svidflow, as an installation runs them. */
public final class Applications {

    private final Installation installation;
    private final EventSerdes serdes;

    public Applications(Installation installation) {
        this.installation = installation;
        this.serdes = new EventSerdes(installation.settings());
    }

    /** Serdes of the installation. */
    public EventSerdes serdes() {
        return serdes;
    }

    /** Stage 1: the identity of each pod. */
    public Application identity() {
        IdentityTopology.Settings settings = IdentityTopology.Settings.defaults(installation.partitions());
        return application("svidflow-identity", new IdentityTopology(settings, serdes).get());
    }

    /** Stage 2: causes, incidents, commands. */
    public Application incident() {
        return application(
                "svidflow-incident", new IncidentTopology(IncidentTopology.Settings.defaults(), serdes).get());
    }

    /** The resync agent, which answers commands. */
    public Application resyncAgent() {
        return application(
                "svidflow-resync-agent", new ResyncTopology(ResyncTopology.Settings.defaults(), serdes).get());
    }

    private Application application(String id, org.apache.kafka.streams.Topology topology) {
        return new Application(id, topology, installation.stateDir(), installation.settings());
    }
}
