package io.svidflow.producer.tail;

import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind.Members;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.spire.LogMappers;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/** Looks at all files that the rules name, again and again. For one thread. */
final class LogFilesReader implements AutoCloseable {

    private final LogFilesConfig config;
    private final Outlets outlets;
    private final LogMappers mappers;
    private final Clock clock;
    private final List<FilesBySource> rules;
    private final Map<Source, SourceLog> logs = new TreeMap<>();
    private boolean begun;

    LogFilesReader(LogFilesConfig config, Outlets outlets, LogMappers mappers, Clock clock) {
        this.config = config;
        this.outlets = outlets;
        this.mappers = mappers;
        this.clock = clock;
        this.rules = config.rules().stream().map(FilesBySource::new).toList();
    }

    /** Logs of pods that were read here before; their pods may have gone while nobody read. */
    private void openLeft(String node) throws InterruptedException {
        for (Source source : outlets.known()) {
            boolean read = rules.stream().anyMatch(rule -> rule.kind() == source.kind());
            boolean here = outlets.stored(source)
                    .filter(last -> node.equals(last.marks().get(SourceLog.NODE)))
                    .isPresent();
            if (read && here && source.kind().members() == Members.PODS) {
                log(source);
            }
        }
    }

    /** Reads what has been written since the last look. */
    void look() throws InterruptedException {
        if (!begun && config.node().isPresent()) {
            openLeft(config.node().get());
        }
        begun = true;
        Instant now = clock.instant();
        Map<Source, Map<Path, Boolean>> files = new TreeMap<>();
        Set<Source> hidden = new HashSet<>();
        for (FilesBySource rule : rules) {
            find(rule, files, hidden, now);
        }
        for (Map.Entry<Source, Map<Path, Boolean>> each : files.entrySet()) {
            log(each.getKey());
        }
        for (Map.Entry<Source, SourceLog> each : Map.copyOf(logs).entrySet()) {
            if (!hidden.contains(each.getKey())) {
                look(each.getKey(), each.getValue(), files.getOrDefault(each.getKey(), Map.of()), now);
            }
        }
    }

    private void find(FilesBySource rule, Map<Source, Map<Path, Boolean>> files, Set<Source> hidden, Instant now)
            throws InterruptedException {
        Set<Source> concerned = new HashSet<>(rule.named().map(Set::of).orElseGet(Set::of));
        for (Source source : concerned) {
            log(source);
        }
        try {
            rule.find()
                    .forEach((source, paths) -> files.merge(source, paths, (one, other) -> {
                        one.putAll(other);
                        return one;
                    }));
        } catch (IOException e) {
            logs.keySet().stream()
                    .filter(source -> rule.named().isEmpty() && source.kind() == rule.kind())
                    .forEach(concerned::add);
            for (Source source : concerned) {
                logs.get(source).unreadable(rule.base(), e, now);
            }
            hidden.addAll(concerned);
        }
    }

    private SourceLog log(Source source) throws InterruptedException {
        SourceLog known = logs.get(source);
        if (known == null) {
            known = new SourceLog(
                    new LogDelivery(source, outlets.of(source), mappers, clock, config.lookBack()),
                    config.margin(),
                    config.node());
            logs.put(source, known);
        }
        return known;
    }

    private void look(Source source, SourceLog log, Map<Path, Boolean> paths, Instant now) throws InterruptedException {
        List<Content> found = new ArrayList<>();
        for (Map.Entry<Path, Boolean> path : paths.entrySet()) {
            try {
                found.add(Content.of(path.getKey(), path.getValue(), log.baseOf(path.getKey())));
            } catch (NoSuchFileException | EOFException | ZipException e) {
                // gone, still being compressed, or damaged: the next look tells
                continue;
            } catch (ClosedByInterruptException e) {
                throw Unreadable.stopped(e);
            } catch (IOException e) {
                log.unreadable(path.getKey(), e, now);
                return;
            }
        }
        if (found.isEmpty() && !log.everSeen()) {
            log.missing(patterns(source), now);
            return;
        }
        log.look(found, now);
        if (paths.isEmpty() && log.empty() && released(source)) {
            outlets.release(source);
            logs.remove(source);
        }
    }

    private String patterns(Source source) {
        return rules.stream()
                .filter(rule -> rule.named().filter(source::equals).isPresent())
                .map(FilesBySource::pattern)
                .collect(Collectors.joining(", "));
    }

    /** A pod whose folder is gone writes no more, or writes on another node. */
    private boolean released(Source source) {
        return source.kind().members() == Members.PODS
                && rules.stream()
                        .noneMatch(rule -> rule.named().filter(source::equals).isPresent());
    }

    @Override
    public void close() {
        for (SourceLog log : logs.values()) {
            try {
                log.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close a log", e);
            }
        }
    }
}
