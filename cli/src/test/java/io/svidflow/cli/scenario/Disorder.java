package io.svidflow.cli.scenario;

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

/** Orders of the same publications that a broker, a network or a restarted producer may make of them. */
final class Disorder {

    /** Far less than it takes for a source to be declared late. */
    private static final Duration SKEW = Duration.ofSeconds(4);

    private static final double DUPLICATES = 0.1;

    private final Random random;

    Disorder(long seed) {
        random = new Random(seed);
    }

    /** Each source keeps its order within a topic; topics and sources run ahead of each other by up to the skew. */
    List<Publication> acrossSources(Iterable<Publication> publications) {
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

    /** Any fact may come later, and some come twice, as long as the heartbeat that covers it comes after it. */
    List<Publication> withinHeartbeats(Iterable<Publication> publications) {
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
                placed.add(somewhere(i, before, publication));
                if (random.nextDouble() < DUPLICATES) {
                    placed.add(somewhere(i, before, publication));
                }
            }
        }
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
        Object first = publication.value().get(0);
        String source = first instanceof EventHeader header
                ? header.getSource()
                : ((DeadLetter) publication.value()).getSource();
        return source + "@" + publication.topic().name();
    }

    private static boolean heartbeat(Publication publication) {
        return publication.value().getSchema().getField("body") != null
                && publication.value().get(1) instanceof Heartbeat;
    }

    private record Placed(double place, Publication publication) {}
}
