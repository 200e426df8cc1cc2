package io.svidflow.producer.bundle;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a bundle's lines. Every line is counted once: {@code lines = withFacts + withoutMeaning + unknown +
 * continuations + deadLettered}.
 *
 * @param lines lines read
 * @param withFacts lines that gave facts
 * @param withoutMeaning lines that are understood and say nothing about identities, or nothing new
 * @param unknown well-formed log lines with a message that svidflow does not know
 * @param continuations stack traces and blank lines, which go on with the line before
 * @param deadLettered lines that could not be read, or whose clock is wrong
 * @param factsBySource facts published, by source; heartbeats are none
 * @param notUsed files of the bundle that this version does not read
 */
public record ReadReport(
        long lines,
        long withFacts,
        Lines withoutMeaning,
        Lines unknown,
        long continuations,
        Lines deadLettered,
        SortedMap<String, Long> factsBySource,
        List<String> notUsed) {

    /**
     * Lines that share a fate.
     *
     * @param count how many
     * @param samples the first few different ones, with file and line
     */
    public record Lines(long count, List<String> samples) {

        public Lines {
            samples = List.copyOf(samples);
        }
    }

    public ReadReport {
        factsBySource = Collections.unmodifiableSortedMap(new TreeMap<>(factsBySource));
        notUsed = List.copyOf(notUsed);
    }

    /** Facts published; heartbeats are none. */
    public long facts() {
        return factsBySource.values().stream().mapToLong(Long::longValue).sum();
    }
}
