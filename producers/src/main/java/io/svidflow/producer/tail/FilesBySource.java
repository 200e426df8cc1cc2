package io.svidflow.producer.tail;

import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the files of one rule, and tells whose they are. */
final class FilesBySource {

    private static final int MOST_LINKS = 8;

    private final LogRule rule;
    private final LogGlob glob;

    FilesBySource(LogRule rule) {
        this.rule = rule;
        this.glob = new LogGlob(rule);
    }

    /** The source that the rule names, empty if the paths tell. */
    Optional<Source> named() {
        return rule.member().isBlank() ? Optional.empty() : Optional.of(new Source(rule.kind(), rule.member()));
    }

    /** The folder that must be there. */
    Path base() {
        return glob.base();
    }

    String pattern() {
        return rule.glob();
    }

    SourceKind kind() {
        return rule.kind();
    }

    /**
     * The files of each source: true for one that was rotated.
     *
     * @throws IOException if a folder cannot be read
     */
    Map<Source, Map<Path, Boolean>> find() throws IOException {
        Map<Source, Map<Path, Boolean>> found = new TreeMap<>();
        for (LogGlob.Match match : glob.find()) {
            Optional<String> member = member(match);
            if (member.isPresent()) {
                Map<Path, Boolean> files =
                        found.computeIfAbsent(new Source(rule.kind(), member.get()), source -> new LinkedHashMap<>());
                if (Files.isSymbolicLink(match.path())) {
                    linked(match.path(), files);
                } else {
                    files.merge(match.path(), match.rotated(), Boolean::logicalAnd);
                }
            }
        }
        return found;
    }

    private Optional<String> member(LogGlob.Match match) {
        if (!rule.member().isBlank()) {
            return Optional.of(rule.member());
        }
        return match.member().isBlank() ? ContainerLogPath.pod(match.path()) : Optional.of(match.member());
    }

    /** The parts of a log lie where the link leads to, even while no file has the name that it leads to. */
    private static void linked(Path link, Map<Path, Boolean> files) throws IOException {
        Path log = link;
        for (int links = 0; links < MOST_LINKS && Files.isSymbolicLink(log); links++) {
            log = log.resolveSibling(Files.readSymbolicLink(log)).normalize();
        }
        if (Files.isRegularFile(log)) {
            files.put(log, false);
        }
        String name = String.valueOf(log.getFileName());
        for (Path sibling : LogGlob.children(log.resolveSibling(""), false)) {
            if (Rotation.logs(String.valueOf(sibling.getFileName())).anyMatch(name::equals)) {
                files.putIfAbsent(sibling, true);
            }
        }
    }
}
