package io.svidflow.benchmark.lines;

import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.spire.LogMapper;
import io.svidflow.producer.spire.MappedLine;
import io.svidflow.producer.spire.MappedLine.Outcome;
import io.svidflow.producer.spire.RawLine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads generated and damaged log lines through parser and mapper. Fails at the first line that throws, takes longer
 * than a second of processor time, or is whole and cannot be read; the message holds the line and the seed.
 */
public final class LineBench {

    private static final int BATCH = 500;
    private static final long TOO_LONG = Duration.ofSeconds(1).toNanos();
    /** The time that other programs take from this one must not look like slowness of the parser. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final Origin ORIGIN = Origin.newBuilder()
            .setKind(OriginKind.FILE)
            .setLocation("generated.log")
            .setLine(1L)
            .build();

    private final long seed;
    private final Random random;
    private final Consumer<String> progress;
    private final Map<Component, Corpus> corpora = new EnumMap<>(Component.class);
    private final Map<Component, LogMapper> mappers = new EnumMap<>(Component.class);
    private final Map<String, Census> forms = new TreeMap<>();
    private long number;
    private long slowest;

    /**
     * @param seed seed of the random choices
     * @param progress told now and then how far it is
     */
    public LineBench(long seed, Consumer<String> progress) {
        this.seed = seed;
        this.random = new Random(seed);
        this.progress = progress;
        for (Component component : Component.values()) {
            corpora.put(component, Corpus.of(component));
            mappers.put(component, component.mapper());
        }
    }

    /**
     * Reads lines: of ten batches six are whole, three damaged, and one has no lines of any log.
     *
     * @param lines how many, at least; a last batch is not cut
     * @throws IllegalStateException if a line throws or takes too long
     */
    public LinesReport run(long lines) {
        long early = 0;
        for (long batch = 0; number < lines; batch++) {
            readBatch();
            if (early == 0 && number >= lines / 10) {
                early = usedKib();
            }
            if (batch % 2000 == 1999) {
                progress.accept("%,d of %,d lines".formatted(number, lines));
            }
        }
        return new LinesReport(seed, number, forms, slowest / 1_000_000, usedKib() - early);
    }

    private void readBatch() {
        Component component = Component.values()[random.nextInt(Component.values().length)];
        List<Dress> dresses = component.dresses();
        Dress dress = dresses.get(random.nextInt(dresses.size()));
        int kind = random.nextInt(10);
        String[] batch = new String[BATCH];
        for (int i = 0; i < BATCH; i++) {
            batch[i] = kind == 0 ? Damage.noise(random) : line(corpora.get(component), dress, kind < 4);
        }
        Census census = forms.computeIfAbsent(kind == 0 ? "no log" : name(dress, kind < 4), form -> new Census());
        LogMapper mapper = mappers.get(component);
        long start = THREADS.getCurrentThreadCpuTime();
        for (String line : batch) {
            census.count(read(mapper, line, kind >= 4, start));
        }
        census.took(THREADS.getCurrentThreadCpuTime() - start);
    }

    /** @param batchStart processor time when the batch began */
    private Outcome read(LogMapper mapper, String line, boolean whole, long batchStart) {
        long start = System.nanoTime();
        Outcome outcome = map(mapper, line).outcome();
        long took = System.nanoTime() - start;
        if (took > slowest) {
            // the clock on the wall is cheaper to read; the other one is asked only when it matters
            took = Math.min(took, THREADS.getCurrentThreadCpuTime() - batchStart);
            slowest = Math.max(slowest, took);
        }
        if (took > TOO_LONG) {
            throw new IllegalStateException("took " + took / 1_000_000 + " ms: " + told(line));
        }
        if (whole && outcome == Outcome.BROKEN) {
            throw new IllegalStateException("is whole and became a dead letter: " + told(line));
        }
        return outcome;
    }

    private String line(Corpus corpus, Dress dress, boolean damaged) {
        List<String> written = corpus.written();
        String whole = random.nextInt(8) == 0
                ? written.get(random.nextInt(written.size()))
                : dress.wear(corpus.parsed().get(random.nextInt(corpus.parsed().size())));
        return damaged ? Damage.wound(whole, random) : whole;
    }

    private MappedLine map(LogMapper mapper, String line) {
        number++;
        try {
            return mapper.map(new RawLine(line, ORIGIN, number, Corpus.REFERENCE));
        } catch (RuntimeException | StackOverflowError e) {
            throw new IllegalStateException("threw " + e + ": " + told(line), e);
        }
    }

    private String told(String line) {
        String hex = HexFormat.of().formatHex(line.getBytes(StandardCharsets.UTF_8));
        return "seed " + seed + ", line " + number + ", hex " + hex.substring(0, Math.min(4000, hex.length()));
    }

    private static String name(Dress dress, boolean damaged) {
        return dress.name().toLowerCase(Locale.ROOT).replace('_', '-') + (damaged ? " hurt" : "");
    }

    private static long usedKib() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1024;
    }
}
