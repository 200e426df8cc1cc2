package io.svidflow.producer.kubernetes.watch;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.kubernetes.KubernetesFacts;
import io.svidflow.producer.kubernetes.RegistrationRules;
import io.svidflow.producer.live.LiveSource;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.live.Position;
import io.svidflow.producer.spire.NodeDirectory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Watches the Kubernetes API: nodes, pods, what selects them for registration, and events that say why they do not start.
 * One thread for each kind lists and watches; what they see goes through one short queue, so that facts come in the order of
 * observation, and a Kafka that does not keep up holds up the connections to the API server.
 */
public final class KubernetesSource implements LiveSource {

    private static final int QUEUED = 512;

    private final WatchSettings settings;
    private final KubernetesClient client;
    private final Clock clock;
    private final NodeDirectory directory;
    private final RawObserver observer;

    /**
     * @param settings what is watched
     * @param client credentials and address of the cluster; stays open
     * @param clock tells when something is observed
     * @param directory learns where nodes and pods are
     */
    public KubernetesSource(WatchSettings settings, KubernetesClient client, Clock clock, NodeDirectory directory) {
        this(settings, client, clock, directory, RawObserver.NONE);
    }

    /** @param observer sees the objects themselves, see the other constructor for the rest */
    public KubernetesSource(
            WatchSettings settings,
            KubernetesClient client,
            Clock clock,
            NodeDirectory directory,
            RawObserver observer) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.client = Objects.requireNonNull(client, "client");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.directory = Objects.requireNonNull(directory, "directory");
        this.observer = Objects.requireNonNull(observer, "observer");
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public void observe(Outlets outlets) throws InterruptedException {
        Outlet outlet = outlets.of(Source.of(SourceKind.KUBERNETES));
        Map<Lane, LaneMemory> lanes = new LinkedHashMap<>();
        Lane.of(settings).forEach(lane -> lanes.put(lane, new LaneMemory(lane)));
        Promise promise = new Promise(outlet, lanes.values());
        KubernetesFacts facts =
                new KubernetesFacts(outlet.headers(), new RegistrationRules(settings.unregisteredNamespaces()));
        Statements statements = new Statements(outlet, clock, facts, directory, observer, promise::until);
        ClusterDesk desk = new ClusterDesk(lanes, statements, promise);
        BlockingQueue<Sighting> queue = new ArrayBlockingQueue<>(QUEUED);
        Turns turns = new Turns(lanes.values());
        List<Thread> readers = readers(lanes.keySet(), outlet.resumeFrom(), queue, turns);
        try {
            readers.forEach(Thread::start);
            List<Sighting> batch = new ArrayList<>();
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch);
                for (Sighting sighting : batch) {
                    desk.take(sighting);
                }
                statements.flush();
                batch.clear();
                turns.next();
            }
        } finally {
            readers.forEach(Thread::interrupt);
            for (Thread reader : readers) {
                reader.join(settings.patience().toMillis());
            }
        }
    }

    private List<Thread> readers(
            Iterable<Lane> lanes, Optional<Position> resumeFrom, BlockingQueue<Sighting> queue, Turns turns) {
        ApiServer server = new ApiServer(client, settings.patience());
        List<Thread> readers = new ArrayList<>();
        for (Lane lane : lanes) {
            String version = resumeFrom
                    .map(position -> position.mark(lane.name(), ""))
                    .filter(mark -> !mark.isEmpty())
                    .orElse(null);
            LaneReader reader = new LaneReader(
                    lane,
                    server,
                    settings,
                    clock,
                    version,
                    new Outbox(queue, settings.patience()),
                    turns.of(lane.kind()));
            Thread thread = new Thread(reader, "kubernetes-" + lane.name());
            thread.setDaemon(true);
            readers.add(thread);
        }
        return readers;
    }
}
