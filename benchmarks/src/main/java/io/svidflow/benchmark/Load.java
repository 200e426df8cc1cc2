package io.svidflow.benchmark;

import io.svidflow.producer.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A cluster at work, as publications: all that is there at the start, then second by second what happens, with the
 * heartbeats of every source. Deterministic: the same shape gives the same publications. Not thread-safe.
 */
public final class Load {

    /** The pods of the start ran long before anybody watched. */
    private static final Duration AGE = Duration.ofHours(1);

    private static final Duration UNTIL_ENTRY = Duration.ofMillis(1_200);
    private static final Duration UNTIL_ISSUED = Duration.ofMillis(6_500);
    private static final int SYNC_INTERVAL_SECONDS = 5;
    private static final int MILLIS = 1_000;

    private record Planned(Instant at, long order, Function<Instant, Publication> fact) {}

    private final LoadShape shape;
    private final Instant start;
    private final Random random;
    private final List<String> nodes;
    private final List<LoadPod> pods = new ArrayList<>();
    private final LoadHeartbeats heartbeats;
    private final LoadFacts facts = new LoadFacts(
            LoadHeartbeats.KUBERNETES.name(), LoadHeartbeats.SPIRE_SERVER.name(), LoadHeartbeats.SERVER_LOG.name());
    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparing(Planned::order));
    private long order;
    private long podNumber;
    private long second;
    private double replacementsDue;
    private double stuckDue;

    /** @param start event time at which everybody begins to observe */
    public Load(LoadShape shape, Instant start) {
        this.shape = shape;
        this.start = start;
        this.random = new Random(shape.seed());
        this.nodes = IntStream.range(0, shape.nodes())
                .mapToObj(number -> String.format("node-%04d", number))
                .toList();
        this.heartbeats = new LoadHeartbeats(nodes, start);
        for (String node : nodes) {
            for (int i = 0; i < shape.podsPerNode(); i++) {
                pods.add(LoadPod.workload(node, podNumber++, start.minus(AGE)));
            }
        }
    }

    /** Everything that is there at the start, and the first heartbeats. */
    public List<Publication> snapshot() {
        List<Publication> all = new ArrayList<>();
        for (String node : nodes) {
            all.add(facts.node(node, start));
            all.add(facts.agentPod(node, start.minus(AGE), start));
        }
        for (LoadPod pod : pods) {
            all.add(facts.pod(pod, false, start));
            all.add(facts.entry(pod, false, pod.startedAt(), start));
        }
        all.addAll(heartbeats.at(0));
        return all;
    }

    /** What the next second brings, its heartbeats last. */
    public List<Publication> nextSecond() {
        Instant from = start.plusSeconds(second);
        plan(from);
        second++;
        List<Publication> all = new ArrayList<>();
        while (!planned.isEmpty() && !planned.peek().at().isAfter(start.plusSeconds(second))) {
            Planned next = planned.remove();
            all.add(next.fact().apply(next.at()));
        }
        all.addAll(heartbeats.at(second));
        return all;
    }

    /** Seconds that have been generated after the start. */
    public long seconds() {
        return second;
    }

    /** The second whose heartbeats complete what is known up to an instant. */
    public long decisiveSecond(Instant instant) {
        return heartbeats.knownAfter(instant);
    }

    private void plan(Instant from) {
        for (int node = 0; node < nodes.size(); node++) {
            if (node % SYNC_INTERVAL_SECONDS == second % SYNC_INTERVAL_SECONDS) {
                String name = nodes.get(node);
                add(within(from), at -> facts.synchronised(name, at));
            }
        }
        replacementsDue += shape.pods() * shape.churnPerMinute() / 60;
        stuckDue += shape.pods() * shape.stuckShare() / shape.lasts().getSeconds();
        while (replacementsDue >= 1) {
            replacementsDue--;
            boolean stuck = stuckDue >= 1;
            stuckDue -= stuck ? 1 : 0;
            replace(random.nextInt(pods.size()), stuck, within(from));
        }
    }

    private void replace(int index, boolean stuck, Instant at) {
        LoadPod old = pods.get(index);
        LoadPod next = LoadPod.workload(old.node(), podNumber++, at);
        pods.set(index, next);
        add(at, time -> facts.pod(old, true, time));
        add(at, time -> facts.entry(old, true, old.startedAt(), time));
        add(at, time -> facts.pod(next, false, time));
        if (!stuck) {
            add(at.plus(UNTIL_ENTRY), time -> facts.entry(next, false, time, time));
            add(at.plus(UNTIL_ISSUED), time -> facts.issued(next, time));
        }
    }

    private void add(Instant at, Function<Instant, Publication> fact) {
        planned.add(new Planned(at, order++, fact));
    }

    private Instant within(Instant from) {
        return from.plusMillis(1 + random.nextInt(MILLIS));
    }
}
