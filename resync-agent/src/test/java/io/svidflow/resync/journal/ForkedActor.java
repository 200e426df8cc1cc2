package io.svidflow.resync.journal;

import io.svidflow.embedded.ForkedJava;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationEvidence;
import io.svidflow.event.RemediationIntent;
import io.svidflow.event.RemediationResult;
import io.svidflow.event.RemediationTarget;
import io.svidflow.resync.actor.Actor;
import io.svidflow.resync.actor.ActorSettings;
import io.svidflow.resync.actor.Allowance;
import io.svidflow.resync.actor.Delivery;
import io.svidflow.resync.actor.Journal;
import io.svidflow.resync.kubernetes.KubernetesCluster;
import io.svidflow.resync.kubernetes.SmallKubernetes;
import io.svidflow.resync.scene.Cluster;
import io.svidflow.resync.scene.Effect;
import io.svidflow.resync.scene.Place;
import io.svidflow.resync.scene.SeenPod;
import io.svidflow.resync.scene.UnseenException;
import io.svidflow.serde.EventSerdes;
import io.svidflow.signing.CommandVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A process that acts until it comes to a point; there it says so and stands still, to be killed. */
public final class ForkedActor {

    private ForkedActor() {}

    /** Arguments: brokers, registry, Kubernetes, folder of trusted keys, cluster, point, file that says that it is there. */
    public static void main(String[] args) throws InterruptedException {
        CrashPoint point = CrashPoint.valueOf(args[5]);
        Path reached = Path.of(args[6]);
        Map<String, Object> settings = settings(args[0], args[1]);
        ActorSettings who = who(args[4]);
        Cluster cluster = new StandingCluster(
                new KubernetesCluster(SmallKubernetes.access(args[2]), Duration.ofSeconds(60)), point, reached);
        try (Life life = new Life(
                settings,
                who,
                new EventSerdes(settings),
                Clock.systemUTC(),
                (intents, pauses, journal) -> new Actor(
                        who,
                        CommandVerifier.from(Path.of(args[3])),
                        cluster,
                        command -> Sent.plane(),
                        intents,
                        pauses,
                        new StandingJournal(journal, point, reached),
                        Clock.systemUTC()))) {
            life.listen(() -> false, new Pulse(Clock.systemUTC().instant()));
        }
    }

    static Process start(
            Map<String, Object> settings, String kubernetes, Path keys, String cluster, CrashPoint point, Path reached)
            throws IOException {
        return ForkedJava.start(
                ForkedActor.class,
                128,
                settings.get("bootstrap.servers"),
                settings.get("schema.registry.url"),
                kubernetes,
                keys,
                cluster,
                point,
                reached);
    }

    static Map<String, Object> settings(String brokers, String registry) {
        return Map.of("bootstrap.servers", brokers, "schema.registry.url", registry);
    }

    static ActorSettings who(String cluster) {
        Allowance allowance = Allowance.parse(List.of("RESTART_AGENT"), List.of());
        return new ActorSettings("actor-of-" + cluster, cluster, allowance, Set.of());
    }

    private static void standStill(Path reached) {
        try {
            Files.createFile(reached);
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record StandingJournal(Journal journal, CrashPoint point, Path reached) implements Journal {

        @Override
        public void answered(Delivery delivery, RemediationResult result) {
            journal.answered(delivery, result);
        }

        @Override
        public void intends(
                Delivery delivery,
                RemediationIntent intent,
                List<RemediationEvidence> evidence,
                RemediationResult accepted) {
            stopAt(CrashPoint.BEFORE_INTENT);
            journal.intends(delivery, intent, evidence, accepted);
            stopAt(CrashPoint.AFTER_INTENT);
        }

        @Override
        public void ended(Delivery delivery, RemediationIntent intent) {
            stopAt(CrashPoint.BEFORE_RESULT);
            journal.ended(delivery, intent);
            stopAt(CrashPoint.AFTER_RESULT);
        }

        @Override
        public void orphaned(RemediationIntent intent) {
            journal.orphaned(intent);
        }

        @Override
        public void skipped(Delivery delivery) {
            journal.skipped(delivery);
        }

        private void stopAt(CrashPoint here) {
            if (point == here) {
                standStill(reached);
            }
        }
    }

    private record StandingCluster(Cluster cluster, CrashPoint point, Path reached) implements Cluster {

        @Override
        public Place look(RemediationCommand command) throws UnseenException {
            return cluster.look(command);
        }

        @Override
        public Optional<SeenPod> pod(String namespace, String name) throws UnseenException {
            return cluster.pod(namespace, name);
        }

        @Override
        public String log(SeenPod pod) throws UnseenException {
            return cluster.log(pod);
        }

        @Override
        public Effect delete(RemediationTarget pod) {
            Effect effect = cluster.delete(pod);
            if (point == CrashPoint.AFTER_CALL) {
                standStill(reached);
            }
            return effect;
        }

        @Override
        public Effect evict(RemediationTarget pod) {
            return cluster.evict(pod);
        }

        @Override
        public Effect annotate(RemediationTarget pod, String value) {
            return cluster.annotate(pod, value);
        }
    }
}
