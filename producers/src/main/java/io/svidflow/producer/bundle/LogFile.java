package io.svidflow.producer.bundle;

import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import java.util.ArrayList;
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
record LogFile(String path, Source source) {

    private static final Map<String, SourceKind> FOLDERS = Map.of(
            "raw/logs/agent/", SourceKind.AGENT_LOG,
            "raw/logs/server/", SourceKind.SERVER_LOG,
            "raw/logs/controller-manager/", SourceKind.CONTROLLER_MANAGER_LOG);

    /** Node names may hold dots, so only endings of logs are cut off. */
    private static final Pattern NAME = Pattern.compile("(?<member>.+?)(\\.(log|txt|json|jsonl)(\\.\\d+)?)?");

    /** The logs among the files of a bundle, in order of path. */
    static List<LogFile> among(List<String> paths) {
        Map<Source, LogFile> bySource = new TreeMap<>();
        for (String path : paths) {
            of(path).ifPresent(log -> {
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

    private static Optional<LogFile> of(String path) {
        int slash = path.lastIndexOf('/') + 1;
        return Optional.ofNullable(FOLDERS.get(path.substring(0, slash)))
                .map(kind -> new LogFile(path, new Source(kind, member(path))));
    }

    /** Node or pod that a log is named after. */
    static String member(String path) {
        Matcher matcher = NAME.matcher(path.substring(path.lastIndexOf('/') + 1));
        return matcher.matches() ? matcher.group("member") : path;
    }
}
