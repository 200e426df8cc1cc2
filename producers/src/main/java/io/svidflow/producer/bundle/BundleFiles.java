package io.svidflow.producer.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of an unpacked bundle. Paths are relative to its root, with slashes, whatever the machine.
 *
 * @param root folder that holds the files
 * @param name what the bundle is called: the folder or archive, without its ending
 */
record BundleFiles(Path root, String name) {

    /** Small files, read whole, may not be larger. */
    private static final long SMALL = 1024L * 1024L;

    /** The whole text of a small file, empty if there is none. */
    Optional<String> text(String path) {
        Path file = root.resolve(path);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(inside(file)) > SMALL) {
                throw BundleProblem.in(path, "is larger than 1 MiB", "shorten it");
            }
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    /** Whether a file that exists holds nothing. */
    boolean empty(String path) {
        try {
            return Files.size(inside(root.resolve(path))) == 0;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Opens a file that exists. */
    BoundedLines lines(String path, BundleLimits limits) {
        try {
            return new BoundedLines(Files.newInputStream(inside(root.resolve(path))), limits.lineBytes());
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Every regular file, by path; hidden ones are nobody's. */
    List<String> all() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> !path.startsWith(".") && !path.contains("/.") && !path.startsWith("__MACOSX/"))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw BundleProblem.in(root, "cannot be listed: " + e.getMessage(), "check the permissions", e);
        }
    }

    /** A bundle comes from somebody else: a link in it must not show files of this machine. */
    private Path inside(Path file) throws IOException {
        if (!file.toRealPath().startsWith(root.toRealPath())) {
            throw BundleProblem.in(
                    root.relativize(file), "is a link that leaves the bundle", "put the file itself there");
        }
        return file;
    }

    static BundleProblem unreadable(String path, IOException cause) {
        return BundleProblem.in(
                path, "cannot be read: " + cause.getMessage(), "check the file and its permissions", cause);
    }
}
