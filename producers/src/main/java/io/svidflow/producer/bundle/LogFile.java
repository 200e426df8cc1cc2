package io.svidflow.producer.bundle;

import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log of the bundle.
 *
 * @param path where it lies
 * @param source whose log it is
 */
public record LogFile(String path, Source source) {

    private static final Map<String, SourceKind> FOLDERS = Map.of(
            "raw/logs/agent/", SourceKind.AGENT_LOG,
            "raw/logs/server/", SourceKind.SERVER_LOG,
            "raw/logs/controller-manager/", SourceKind.CONTROLLER_MANAGER_LOG);

    /** Node names may hold dots, so only endings of logs are cut off. */
    private static final Pattern NAME = Pattern.compile("(?<member>.+?)(\\.(log|txt|json|jsonl)(\\.\\d+)?)?");

    /**
     * Where the log of a source lies in a bundle.
     *
     * @throws IllegalArgumentException if the source is not a log
     */
    public static String path(Source source) {
        return FOLDERS.entrySet().stream()
                        .filter(folder -> folder.getValue() == source.kind())
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(source.name() + " is not a log"))
                + source.member() + ".log";
    }

    /** The logs among the files of a bundle, in order of path. */
    static List<LogFile> among(Collection<String> paths) {
        Map<Source, LogFile> bySource = new TreeMap<>();
        for (String path : paths) {
            kind(path).map(kind -> of(path, kind)).ifPresent(log -> {
                LogFile other = bySource.putIfAbsent(log.source(), log);
                if (other != null) {
                    throw BundleProblem.in(
                            path,
                            "is a second file of " + log.source().name() + ", beside " + other.path(),
                            "join them in order of time, or name each after its own node or pod");
                }
            });
        }
        return new ArrayList<>(bySource.values());
    }

    /** A log of a known kind, named after its node or pod. */
    static LogFile of(String path, SourceKind kind) {
        return new LogFile(path, new Source(kind, member(path)));
    }

    private static Optional<SourceKind> kind(String path) {
        return Optional.ofNullable(FOLDERS.get(path.substring(0, path.lastIndexOf('/') + 1)));
    }

    private static String member(String path) {
        Matcher matcher = NAME.matcher(path.substring(path.lastIndexOf('/') + 1));
        return matcher.matches() ? matcher.group("member") : path;
    }
}
