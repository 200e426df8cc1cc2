package io.svidflow.producer.layout;

import io.svidflow.producer.coverage.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a log gives away about how its component is configured.
 *
 * @param kind whose log it is
 * @param member node or pod
 * @param lines lines that were understood
 * @param debugLines lines of level debug
 * @param auditLines lines of the audit log
 * @param refusals requests that the agent refused
 * @param namedRefusals refusals whose pod can be told, from the line itself or the debug line before it
 * @param versions versions that the component told
 * @param synchronisations successful synchronisations that the audit log shows
 * @param interval median time between two of them of one agent; null where too few were seen
 * @param svidLifetime longest lifetime of a workload's SVID that was signed; null where none was seen
 * @param linesByMinute lines in each minute (UTC)
 */
public record LogSigns(
        SourceKind kind,
        String member,
        long lines,
        long debugLines,
        long auditLines,
        long refusals,
        long namedRefusals,
        Set<String> versions,
        long synchronisations,
        Duration interval,
        Duration svidLifetime,
        SortedMap<Instant, Long> linesByMinute) {

    public LogSigns {
        versions = Set.copyOf(versions);
        linesByMinute = Collections.unmodifiableSortedMap(new TreeMap<>(linesByMinute));
    }

    /** Lines between two times, to the minute. */
    public long linesBetween(Instant from, Instant to) {
        return linesByMinute.subMap(from, to).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
