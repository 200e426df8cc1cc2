package io.svidflow.cli.scenario;

import io.svidflow.cli.expect.Expectation;
import io.svidflow.cli.expect.ExpectationReader;
import io.svidflow.diagnosis.Cause;
import io.svidflow.diagnosis.Causes;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The incidents of the repository: archives in {@code scenarios/}, folders in {@code incidents/}. Each is read once. */
final class Recordings {

    private static final String ARCHIVE = ".tar.gz";
    private static final String EXPECTED = "expected.yaml";

    private static final String NOTHING = "nothing";

    private static final Set<String> KNOWN = Stream.concat(
                    Stream.of(NOTHING), Causes.all().stream().map(Cause::name))
            .collect(Collectors.toUnmodifiableSet());

    private final SortedMap<String, Path> bundles = new TreeMap<>();
    private final Map<String, IncidentBundle> read = new ConcurrentHashMap<>();

    Recordings() {
        Path root = repository();
        list(root.resolve("scenarios"), 1)
                .filter(file -> name(file).endsWith(ARCHIVE))
                .forEach(file -> bundles.put(name(file).substring(0, name(file).length() - ARCHIVE.length()), file));
        list(root.resolve("incidents"), 2)
                .filter(folder -> Files.exists(folder.resolve("incident.yaml")))
                .forEach(folder -> bundles.put(name(folder.getParent()) + "-" + name(folder), folder));
    }

    /** Bundles by id. */
    SortedMap<String, Path> bundles() {
        return bundles;
    }

    /** Folder or archive of an incident. */
    Path path(String id) {
        Path path = bundles.get(id);
        if (path == null) {
            throw new IllegalArgumentException("no recording " + id + "; there are " + bundles.keySet());
        }
        return path;
    }

    IncidentBundle bundle(String id) {
        return read.computeIfAbsent(id, name -> new BundleReader().read(path(name)));
    }

    /** What a replay of the incident must find; empty when it does not say. Nothing else of it is read. */
    Optional<Expectation> expectation(String id) {
        Path path = path(id);
        try (InputStream file = Files.isDirectory(path)
                ? Files.newInputStream(path.resolve(EXPECTED))
                : new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(path)))) {
            if (file instanceof TarArchiveInputStream tar && !found(tar)) {
                return Optional.empty();
            }
            return Optional.of(
                    new ExpectationReader().read(id, new String(file.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    private static boolean found(TarArchiveInputStream tar) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (entry.isFile() && Path.of(entry.getName()).endsWith(EXPECTED)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The smallest recording of each cause that is expected anywhere, and one in which nothing may be found; with
     * {@code -Dsvidflow.recordings=all} all of them. Those of a cause that has no class yet are left out.
     */
    List<Path> telling() {
        if (System.getProperty("svidflow.recordings", "").equals("all")) {
            return bundles.keySet().stream()
                    .filter(id -> KNOWN.containsAll(causes(id)))
                    .map(this::path)
                    .toList();
        }
        Map<String, Path> smallest = new TreeMap<>();
        bundles.forEach((id, path) -> {
            if (!Files.isDirectory(path) && KNOWN.containsAll(causes(id))) {
                causes(id).forEach(cause -> smallest.merge(cause, path, (a, b) -> size(b) < size(a) ? b : a));
            }
        });
        return smallest.values().stream().distinct().toList();
    }

    /** What is expected of a bundle. */
    private Set<String> causes(String id) {
        Set<String> causes = new TreeSet<>();
        expectation(id).ifPresent(expectation -> {
            expectation.findings().forEach(finding -> causes.addAll(finding.cause()));
            expectation.incidents().forEach(incident -> causes.addAll(incident.cause()));
        });
        return causes.isEmpty() ? Set.of(NOTHING) : causes;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The folder that holds {@code scenarios/}. */
    static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("scenarios"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("scenarios/ is not beside or above the working folder");
            }
        }
        return folder;
    }

    private static Stream<Path> list(Path folder, int depth) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
