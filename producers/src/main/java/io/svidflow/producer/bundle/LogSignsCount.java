package io.svidflow.producer.bundle;

import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.layout.LogSigns;
import io.svidflow.producer.log.Level;
import io.svidflow.producer.log.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts signs, line by line. */
final class LogSignsCount {

    private static final int ENOUGH = 3;

    private long lines;
    private long debug;
    private long audit;
    private long refusals;
    private long named;
    private Duration longest;
    private final Set<String> versions = new TreeSet<>();
    private final Set<String> knownPids = new HashSet<>();
    private final TreeMap<Instant, Long> minutes = new TreeMap<>();
    private final Map<String, Instant> lastSync = new HashMap<>();
    private final List<Duration> gaps = new ArrayList<>();
    private long synchronisations;

    void add(LogLine line) {
        lines++;
        debug += line.level() == Level.DEBUG ? 1 : 0;
        if (line.time() != null) {
            minutes.merge(line.time().truncatedTo(ChronoUnit.MINUTES), 1L, Long::sum);
        }
        switch (line.message()) {
            case "API accessed" -> audited(line);
            case "PID attested to have selectors" -> line.field("pid").ifPresent(knownPids::add);
            case "No identity issued" -> refused(line);
            case "Starting agent", "Configured" -> line.field("version").ifPresent(versions::add);
            default -> {
                // says nothing about the configuration
            }
        }
    }

    private void refused(LogLine line) {
        refusals++;
        boolean told = line.field("selectors").isPresent()
                || line.field("pid").filter(knownPids::contains).isPresent();
        named += told ? 1 : 0;
    }

    private void audited(LogLine line) {
        audit++;
        String method = line.field("method").orElse("");
        if (line.time() == null) {
            return;
        }
        if (method.equals("SyncAuthorizedEntries") || method.equals("GetAuthorizedEntries")) {
            synchronised(line.field("caller_id").orElse(""), line.time());
        } else if (method.equals("BatchNewX509SVID")) {
            line.field("expires_at")
                    .filter(text -> text.matches("\\d{1,12}"))
                    .map(text -> Duration.between(line.time(), Instant.ofEpochSecond(Long.parseLong(text))))
                    .filter(life -> longest == null || life.compareTo(longest) > 0)
                    .ifPresent(life -> longest = life);
        }
    }

    private void synchronised(String agent, Instant at) {
        synchronisations++;
        Instant before = lastSync.put(agent, at);
        if (before != null && at.isAfter(before)) {
            gaps.add(Duration.between(before, at));
        }
    }

    LogSigns signs(SourceKind kind, String member) {
        Collections.sort(gaps);
        return new LogSigns(
                kind,
                member,
                lines,
                debug,
                audit,
                refusals,
                named,
                versions,
                synchronisations,
                gaps.size() < ENOUGH ? null : gaps.get(gaps.size() / 2),
                longest,
                minutes);
    }
}
