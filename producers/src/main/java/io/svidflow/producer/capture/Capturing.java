package io.svidflow.producer.capture;

import io.svidflow.event.Captured;
import io.svidflow.event.DeadLetter;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.producer.bundle.IncidentManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Collects what was published about a cluster. Records may come partition by partition, each partition in its own order;
 * what was written to every partition is kept once. Not thread-safe.
 */
public final class Capturing {

    private static final String UNNAMED = "capture";

    private final Stretch stretch;
    private final Optional<String> cluster;
    private final List<Taken> taken = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final StandingObjects standing = new StandingObjects();
    private final Set<String> clusters = new TreeSet<>();

    /** @param cluster name of the cluster; empty: of the only one there is */
    public Capturing(Stretch stretch, Optional<String> cluster) {
        this.stretch = stretch;
        this.cluster = cluster;
    }

    /** Takes a record, if it belongs to the capture. */
    public void add(String key, Instant publishedAt, SpecificRecord value) {
        if (value instanceof DeadLetter letter) {
            if (ours(letter.getCluster()) && within(letter.getObservedTime())) {
                keep(letter.getId(), key, publishedAt, letter, false);
            }
            return;
        }
        // every fact is its header and its body
        EventHeader header = (EventHeader) value.get(0);
        if (!ours(header.getCluster())) {
            return;
        }
        if (value.get(1) instanceof Heartbeat heartbeat) {
            if (within(heartbeat.getUntil())) {
                String id = header.getSource() + " " + heartbeat.getTopic() + " " + heartbeat.getUntil();
                keep(id, key, publishedAt, clamped(value, header, heartbeat), true);
            }
        } else if (within(header.getObservedTime())) {
            keep(header.getId(), key, publishedAt, value, false);
        } else if (header.getObservedTime().isBefore(stretch.from())) {
            standing.learn(key, header, value);
        }
    }

    /** The clusters that were spoken of, in order of name. */
    public Set<String> clusters() {
        return Set.copyOf(clusters);
    }

    /**
     * All that was taken.
     *
     * @throws IllegalStateException if nothing was, or more than one cluster was spoken of and none was asked for; the
     *     message says what to do
     */
    public Capture finish() {
        if (clusters.size() > 1) {
            throw new IllegalStateException(
                    "the topics speak of the clusters " + String.join(", ", clusters) + "; name one with --cluster");
        }
        if (taken.isEmpty()) {
            throw new IllegalStateException("the topics hold nothing "
                    + cluster.map(name -> "about the cluster " + name + " ").orElse("")
                    + "from that time; see svidflow topics, or name another time");
        }
        taken.sort(Comparator.comparing(Taken::publishedAt)
                .thenComparing(Taken::heartbeat)
                .thenComparingInt(Taken::arrival));
        CoverageSeen coverage =
                new CoverageSeen(stretch, taken.stream().map(Taken::value).toList());
        List<Captured> facts = new ArrayList<>(standing.at(coverage.start()));
        taken.forEach(one -> facts.add(new Captured(one.publishedAt(), one.key(), one.value())));
        String name = clusters.iterator().next();
        IncidentManifest manifest = new IncidentManifest(
                UNNAMED,
                "",
                name,
                TrustDomains.most(facts),
                coverage.start(),
                coverage.end(),
                Optional.empty(),
                Map.of(),
                Optional.of(coverage.sources()));
        return new Capture(manifest, facts);
    }

    private boolean ours(String name) {
        boolean ours = cluster.isEmpty() || cluster.get().equals(name);
        if (ours) {
            clusters.add(name);
        }
        return ours;
    }

    private boolean within(Instant instant) {
        return !instant.isBefore(stretch.from()) && !instant.isAfter(stretch.to());
    }

    private void keep(String id, String key, Instant publishedAt, SpecificRecord value, boolean heartbeat) {
        if (known.add(id)) {
            taken.add(new Taken(publishedAt, heartbeat, taken.size(), key, value));
        }
    }

    /** Nobody who reads the capture has seen what was before it. */
    private SpecificRecord clamped(SpecificRecord event, EventHeader header, Heartbeat heartbeat) {
        if (!heartbeat.getCoveredSince().isBefore(stretch.from())) {
            return event;
        }
        Heartbeat shorter =
                Heartbeat.newBuilder(heartbeat).setCoveredSince(stretch.from()).build();
        SpecificRecord copy = (SpecificRecord) SpecificData.newInstance(event.getClass(), event.getSchema());
        copy.put(0, header);
        copy.put(1, shorter);
        return copy;
    }

    private record Taken(Instant publishedAt, boolean heartbeat, int arrival, String key, SpecificRecord value) {}
}
