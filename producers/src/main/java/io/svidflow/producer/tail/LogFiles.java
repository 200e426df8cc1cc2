package io.svidflow.producer.tail;

import io.svidflow.producer.live.LiveSource;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.spire.LogMappers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads SPIRE's logs from files while they are written. Files may be rotated by renaming, by copying and truncating, and
 * be compressed; containers may be started again; runtimes may split lines. What was rotated away before it was read is
 * a gap.
 *
 * <p>Promises that a log is complete up to the margin before the moment at which it was last read to its end: lines carry
 * the time at which they were written, and a quiet log was read to its end all the same.
 */
public final class LogFiles implements LiveSource {

    private final LogFilesConfig config;
    private final LogMappers mappers;
    private final Clock clock;

    /**
     * @param config where the logs lie
     * @param mappers says what lines mean
     * @param clock of this machine
     */
    public LogFiles(LogFilesConfig config, LogMappers mappers, Clock clock) {
        this.config = config;
        this.mappers = mappers;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "log-files";
    }

    @Override
    public void observe(Outlets outlets) throws InterruptedException {
        try (LogFilesReader reader = new LogFilesReader(config, outlets, mappers, clock)) {
            while (true) {
                reader.look();
                TimeUnit.NANOSECONDS.sleep(config.poll().toNanos());
            }
        }
    }

    /** What stands in the way of reading the logs, each with its remedy; empty if every path leads to readable files. */
    public List<String> check() {
        List<String> problems = new ArrayList<>();
        for (LogRule each : config.rules()) {
            FilesBySource rule = new FilesBySource(each);
            try {
                List<Path> files = rule.find().values().stream()
                        .map(Map::keySet)
                        .flatMap(java.util.Collection::stream)
                        .toList();
                if (files.isEmpty()) {
                    problems.add("no file matches " + each.glob()
                            + (each.member().isBlank() ? " in a folder NAMESPACE_POD_UID" : "")
                            + "; is the path right, and does the pod run?");
                }
                files.stream()
                        .filter(file -> !Files.isReadable(file))
                        .forEach(file -> problems.add(
                                file + ": permission denied; run as root, or as a group that may read it"));
            } catch (IOException e) {
                problems.add(Unreadable.because(rule.base(), e));
            }
        }
        return problems;
    }
}
