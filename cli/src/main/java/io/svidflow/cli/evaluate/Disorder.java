package io.svidflow.cli.evaluate;

import io.svidflow.event.DeadLetter;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.producer.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;

/** Orders of the same publications that a broker, a network or a restarted producer may make of them. */
public final class Disorder {

    /** Far less than it takes for a source to be declared late. */
    private static final Duration SKEW = Duration.ofSeconds(4);

    private static final double DUPLICATES = 0.1;

    /** How late a producer that starts again may repeat itself. */
    private static final Duration REPEATED = Duration.ofSeconds(90);

    private final Random random;

    /** @param seed the same seed makes the same order */
    public Disorder(long seed) {
        random = new Random(seed);
    }

    /** Each source keeps its order within a topic; topics and sources run ahead of each other by up to the skew. */
    public List<Publication> acrossSources(Iterable<Publication> publications) {
        Map<String, Queue<Publication>> streams = new LinkedHashMap<>();
        publications.forEach(publication -> streams.computeIfAbsent(stream(publication), s -> new ArrayDeque<>())
                .add(publication));
        List<Publication> shuffled = new ArrayList<>();
        List<Queue<Publication>> waiting = new ArrayList<>(streams.values());
        while (!waiting.isEmpty()) {
            Instant limit = earliest(waiting).plus(SKEW);
            Queue<Publication> chosen = waiting.get(random.nextInt(waiting.size()));
            if (!chosen.peek().observedAt().isAfter(limit)) {
                shuffled.add(chosen.remove());
                if (chosen.isEmpty()) {
                    waiting.remove(chosen);
                }
            }
        }
        return shuffled;
    }

    /** Any fact may come later, as long as the heartbeat that covers it comes after it. */
    public List<Publication> withinHeartbeats(Iterable<Publication> publications) {
        return moved(publications, true, 0);
    }

    /** Some facts come twice, before the heartbeat that covers them. */
    public List<Publication> duplicated(Iterable<Publication> publications) {
        return moved(publications, false, DUPLICATES);
    }

    /** Some facts come once more up to a minute and a half later, long after the heartbeat that covers them. */
    public List<Publication> repeated(Iterable<Publication> publications) {
        List<Publication> inOrder = new ArrayList<>();
        publications.forEach(inOrder::add);
        TreeMap<Instant, Integer> places = new TreeMap<>();
        for (int i = 0; i < inOrder.size(); i++) {
            places.putIfAbsent(inOrder.get(i).observedAt(), i);
        }
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < inOrder.size(); i++) {
            Publication publication = inOrder.get(i);
            placed.add(new Placed(i, publication));
            if (!heartbeat(publication) && random.nextDouble() < DUPLICATES) {
                Instant again = publication.observedAt().plusMillis(random.nextLong(REPEATED.toMillis()));
                Map.Entry<Instant, Integer> next = places.ceilingEntry(again);
                placed.add(new Placed(next == null ? inOrder.size() : Math.max(i, next.getValue()), publication));
            }
        }
        return inPlace(placed);
    }

    private List<Publication> moved(Iterable<Publication> publications, boolean reorder, double duplicates) {
        List<Publication> inOrder = new ArrayList<>();
        publications.forEach(inOrder::add);
        Map<String, Integer> covering = new HashMap<>();
        List<Placed> placed = new ArrayList<>();
        for (int i = inOrder.size() - 1; i >= 0; i--) {
            Publication publication = inOrder.get(i);
            if (heartbeat(publication)) {
                covering.put(stream(publication), i);
                placed.add(new Placed(i, publication));
            } else {
                int before = covering.getOrDefault(stream(publication), inOrder.size());
                placed.add(reorder ? somewhere(i, before, publication) : new Placed(i, publication));
                if (random.nextDouble() < duplicates) {
                    placed.add(somewhere(i, before, publication));
                }
            }
        }
        return inPlace(placed);
    }

    private static List<Publication> inPlace(List<Placed> placed) {
        return placed.stream()
                .sorted(Comparator.comparingDouble(Placed::place))
                .map(Placed::publication)
                .toList();
    }

    private Placed somewhere(int from, int before, Publication publication) {
        return new Placed(from + random.nextDouble() * (before - from), publication);
    }

    private static Instant earliest(Collection<Queue<Publication>> streams) {
        return streams.stream()
                .map(stream -> stream.peek().observedAt())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Source and topic; a source promises in each topic for itself. */
    private static String stream(Publication publication) {
        return source(publication) + "@" + publication.topic().name();
    }

    static String source(Publication publication) {
        Object first = publication.value().get(0);
        return first instanceof EventHeader header
                ? header.getSource()
                : ((DeadLetter) publication.value()).getSource();
    }

    private static boolean heartbeat(Publication publication) {
        return publication.value().getSchema().getField("body") != null
                && publication.value().get(1) instanceof Heartbeat;
    }

    private record Placed(double place, Publication publication) {}
}
