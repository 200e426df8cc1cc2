package io.svidflow.producer.spire.poll;

import io.svidflow.producer.live.Position;
import io.svidflow.producer.spire.RoutedAgents;
import io.svidflow.producer.spire.RoutedEntries;
import io.svidflow.producer.spire.Told;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been told of, in the marks of a position: a process that starts must know what is gone since the last one told
 * of it, and the server does not say what it no longer has. Where it does not fit into a position nothing is remembered.
 */
final class Memory {

    /** A position is one message, and brokers take a megabyte. */
    static final int LARGEST = 600_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(Memory.class);
    private static final String MARK = "told";
    private static final String AGENT = "a";
    private static final String ENTRY = "e";
    private static final int FIELDS = 5;
    private static final Comparator<Told> NEIGHBOURS = Comparator.comparing(
                    (Told told) -> told.node() == null ? "" : told.node())
            .thenComparing(Told::parentId)
            .thenComparing(Told::spiffeId)
            .thenComparing(Told::id);

    private final RoutedAgents agents;
    private final RoutedEntries entries;
    private String lines = "";
    private SortedMap<String, String> marks = new TreeMap<>();
    private boolean tooMany;

    Memory(RoutedAgents agents, RoutedEntries entries) {
        this.agents = agents;
        this.entries = entries;
    }

    /** Hands what an earlier process told of to those who will tell what became of it. */
    void restore(Position position) {
        String mark = position.mark(MARK, "");
        if (mark.isEmpty()) {
            return;
        }
        try {
            unpacked(mark).lines().forEach(this::restoreLine);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            LOGGER.atWarn()
                    .addKeyValue("error", e.getMessage())
                    .log("what was told of before the restart cannot be read; what is gone since is not noticed");
        }
    }

    private void restoreLine(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("a line has " + fields.length + " fields instead of " + FIELDS);
        }
        Told told = new Told(fields[1], fields[2].isEmpty() ? null : fields[2], fields[3], fields[4]);
        if (fields[0].equals(AGENT)) {
            agents.restore(told);
        } else {
            entries.restore(told);
        }
    }

    /** The marks for a position now. */
    SortedMap<String, String> marks() {
        String now = Stream.concat(
                        agents.told().sorted(NEIGHBOURS).map(told -> line(AGENT, told)),
                        entries.told().sorted(NEIGHBOURS).map(told -> line(ENTRY, told)))
                .collect(Collectors.joining("\n"));
        if (now.equals(lines)) {
            return marks;
        }
        lines = now;
        String packed = packed(now);
        boolean fits = packed.length() <= LARGEST;
        marks = new TreeMap<>();
        if (fits) {
            marks.put(MARK, packed);
        } else if (!tooMany) {
            LOGGER.atWarn()
                    .addKeyValue("bytes", packed.length())
                    .addKeyValue("most", LARGEST)
                    .log("too many entries to remember over a restart; what is deleted meanwhile will not be noticed");
        }
        tooMany = !fits;
        return marks;
    }

    private static String line(String kind, Told told) {
        return String.join(
                "\t", kind, told.id(), told.node() == null ? "" : told.node(), told.spiffeId(), told.parentId());
    }

    private static String packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static String unpacked(String packed) {
        try (InflaterInputStream inflater = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            return new String(inflater.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
