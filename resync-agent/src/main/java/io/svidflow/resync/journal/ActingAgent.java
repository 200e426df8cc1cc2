package io.svidflow.resync.journal;

import io.svidflow.resync.actor.Actor;
import io.svidflow.resync.actor.ActorSettings;
import io.svidflow.resync.scene.Cluster;
import io.svidflow.resync.scene.Identities;
import io.svidflow.serde.EventSerdes;
import io.svidflow.signing.CommandVerifier;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resync agent that carries commands out. When Kafka fails it begins anew: what was sent meanwhile is not made up for,
 * and what was begun is told to be ambiguous.
 */
public final class ActingAgent {

    private static final Logger LOG = LoggerFactory.getLogger(ActingAgent.class);
    private static final Duration REST = Duration.ofSeconds(5);

    private final Map<String, Object> settings;
    private final ActorSettings who;
    private final CommandVerifier verifier;
    private final Cluster cluster;
    private final Identities identities;
    private final Clock clock;
    private final Pulse pulse;
    private volatile boolean stopped;

    /** @param settings for Kafka's clients and the serdes */
    public ActingAgent(
            Map<String, Object> settings,
            ActorSettings who,
            CommandVerifier verifier,
            Cluster cluster,
            Identities identities,
            Clock clock) {
        this.settings = Map.copyOf(settings);
        this.who = who;
        this.verifier = verifier;
        this.cluster = cluster;
        this.identities = identities;
        this.clock = clock;
        this.pulse = new Pulse(clock.instant());
    }

    /** Whether it listens. */
    public Pulse pulse() {
        return pulse;
    }

    /** Makes {@link #run()} return when the command that it deals with has been dealt with. From any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Acts until it is stopped.
     *
     * @throws IllegalStateException if another process has taken over the name
     */
    public void run() throws InterruptedException {
        while (!stopped) {
            try (Life life = new Life(
                    settings,
                    who,
                    new EventSerdes(settings),
                    clock,
                    (intents, pauses, journal) ->
                            new Actor(who, verifier, cluster, identities, intents, pauses, journal, clock))) {
                life.listen(() -> stopped, pulse);
            } catch (InterruptException e) {
                throw new InterruptedException("asked to stop");
            } catch (FencedInstanceIdException e) {
                throw new IllegalStateException(
                        "another process has taken over the name " + who.name()
                                + ": give each its own, with resync-agent.name",
                        e);
            } catch (KafkaException e) {
                pulse.fails("Kafka failed: " + e.getMessage());
                LOG.atWarn()
                        .addKeyValue("actor", who.name())
                        .setCause(e)
                        .log("Kafka failed; what was sent meanwhile will not be carried out");
                Thread.sleep(REST.toMillis());
            }
        }
    }
}
