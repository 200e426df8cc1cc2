package io.svidflow.cli.evaluate;

import io.svidflow.cli.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds incident bundles. */
public final class Bundles {

    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(tar\\.gz|tgz|zip)", Pattern.CASE_INSENSITIVE);
    private static final int DEEPEST = 8;

    private Bundles() {}

    /**
     * Archives, and folders with an {@code incident.yaml}, at or below the given paths; what lies within a bundle is part
     * of it.
     *
     * @return in order of path
     * @throws BadInput when a path does not exist or nothing is found below it
     */
    public static List<Path> below(List<Path> paths) {
        List<Path> bundles = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new BadInput(path.toString(), "does not exist", "name a folder with incident bundles");
            }
            int before = bundles.size();
            collect(path, 0, bundles);
            if (bundles.size() == before) {
                throw new BadInput(
                        path.toString(),
                        "holds no incident bundle",
                        "name a folder with .tar.gz or .zip archives, or with folders that hold an incident.yaml");
            }
        }
        return bundles.stream().distinct().sorted().toList();
    }

    private static void collect(Path path, int depth, List<Path> bundles) {
        if (Files.isRegularFile(path)) {
            if (depth == 0 || ARCHIVE.matcher(path.toString()).matches()) {
                bundles.add(path);
            }
        } else if (Files.isRegularFile(path.resolve("incident.yaml"))) {
            bundles.add(path);
        } else if (depth < DEEPEST) {
            try (Stream<Path> children = Files.list(path)) {
                children.filter(child -> !String.valueOf(child.getFileName()).startsWith("."))
                        .forEach(child -> collect(child, depth + 1, bundles));
            } catch (IOException e) {
                throw new BadInput(path.toString(), "cannot be listed: " + e.getMessage(), "check its permissions");
            }
        }
    }
}
