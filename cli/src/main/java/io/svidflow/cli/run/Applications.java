package io.svidflow.cli.run;

import io.svidflow.diagnosis.Backoff;
import io.svidflow.remediation.Policy;
import io.svidflow.resync.ResyncTopology;
import io.svidflow.serde.EventSerdes;
import io.svidflow.signing.CommandSigner;
import io.svidflow.topology.IdentityTopology;
import io.svidflow.topology.IncidentTopology;
import java.util.Optional;

/** The Streams applications of svidflow, as an installation runs them. */
public final class Applications {

    private final Installation installation;
    private final Backoff backoff;
    private final Policy policy;
    private final Optional<CommandSigner> signer;
    private final EventSerdes serdes;

    /** An installation that observes. */
    public Applications(Installation installation) {
        this(installation, IncidentTopology.Settings.defaults().backoff(), Policy.observing(), Optional.empty());
    }

    /**
     * @param backoff when agents try again
     * @param policy how far remediation may go
     * @param signer signs commands; empty: nothing can be carried out
     */
    public Applications(Installation installation, Backoff backoff, Policy policy, Optional<CommandSigner> signer) {
        this.installation = installation;
        this.backoff = backoff;
        this.policy = policy;
        this.signer = signer;
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
                "svidflow-incident", new IncidentTopology(settings(), policy, signer.orElse(null), serdes).get());
    }

    /** The resync agent, which answers commands. */
    public Application resyncAgent() {
        return application(
                "svidflow-resync-agent", new ResyncTopology(ResyncTopology.Settings.defaults(), serdes).get());
    }

    private IncidentTopology.Settings settings() {
        IncidentTopology.Settings usual = IncidentTopology.Settings.defaults();
        return new IncidentTopology.Settings(backoff, usual.lateAfter(), usual.mode(), usual.inMemory());
    }

    private Application application(String id, org.apache.kafka.streams.Topology topology) {
        return new Application(id, topology, installation.stateDir(), installation.settings());
    }
}
