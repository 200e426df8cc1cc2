package io.svidflow.producer.bundle;

import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.log.BoundedLines;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of an unpacked bundle.
 *
 * @param files by path within the bundle, with slashes whatever the machine
 * @param name what the bundle is called: the folder, archive or log, without its ending
 * @param onlyLog the kind of the log that is all there is; empty for a bundle of many files
 */
record BundleFiles(SortedMap<String, Path> files, String name, Optional<SourceKind> onlyLog) {

    /** Small files, read whole, may not be larger. */
    private static final long SMALL = 1024L * 1024L;

    BundleFiles {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /**
     * The files below a folder, but for hidden ones. A bundle comes from somebody else: a link in it must not show files
     * of this machine.
     */
    static BundleFiles below(Path root, String name, BundleLimits limits) {
        SortedMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            Path home = root.toRealPath();
            for (Path file :
                    walk.limit(2L * limits.files()).filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString().replace('\\', '/');
                if (hidden(path)) {
                    continue;
                }
                if (!file.toRealPath().startsWith(home)) {
                    throw BundleProblem.in(path, "is a link that leaves the bundle", "put the file itself there");
                }
                files.put(path, file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw BundleProblem.in(root, "cannot be listed: " + e.getMessage(), "check the permissions", e);
        }
        if (files.size() > limits.files()) {
            throw BundleProblem.in(
                    root, "holds more than " + limits.files() + " files", "name the folder that holds incident.yaml");
        }
        return new BundleFiles(files, name, Optional.empty());
    }

    static BundleFiles log(Path log, String name, SourceKind kind) {
        SortedMap<String, Path> files = new TreeMap<>();
        files.put(String.valueOf(log.getFileName()), log);
        return new BundleFiles(files, name, Optional.of(kind));
    }

    /** The files that are left of a selection. */
    BundleFiles only(Selection selection) {
        SortedMap<String, Path> left = new TreeMap<>(files);
        Arrays.stream(ObjectFile.values())
                .filter(file -> !selection.holds(file))
                .forEach(file -> left.remove(file.path()));
        logs().stream().filter(log -> !selection.holds(log.source().kind())).forEach(log -> left.remove(log.path()));
        return new BundleFiles(left, name, onlyLog);
    }

    /** The whole text of a small file, empty if there is none. */
    Optional<String> text(String path) {
        Path file = files.get(path);
        if (file == null) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > SMALL) {
                throw BundleProblem.in(path, "is larger than 1 MiB", "shorten it");
            }
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    boolean exists(String path) {
        return files.containsKey(path);
    }

    /** Whether a file that exists holds nothing. */
    boolean empty(String path) {
        try {
            return Files.size(files.get(path)) == 0;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Opens a file that exists, to be read as bytes. */
    InputStream open(String path) {
        try {
            return new BufferedInputStream(Files.newInputStream(files.get(path)));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Opens a file that exists. */
    BoundedLines lines(String path, BundleLimits limits) {
        try {
            return new BoundedLines(Files.newInputStream(files.get(path)), limits.lineBytes());
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** The logs among the files. */
    List<LogFile> logs() {
        return onlyLog.map(kind -> files.keySet().stream()
                        .map(path -> LogFile.of(path, kind))
                        .toList())
                .orElseGet(() -> LogFile.among(files.keySet()));
    }

    private static boolean hidden(String path) {
        return path.startsWith(".") || path.contains("/.") || path.startsWith("__MACOSX/");
    }

    static BundleProblem unreadable(String path, IOException cause) {
        return BundleProblem.in(
                path, "cannot be read: " + cause.getMessage(), "check the file and its permissions", cause);
    }
}
