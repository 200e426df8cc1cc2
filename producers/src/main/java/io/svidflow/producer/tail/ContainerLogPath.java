package io.svidflow.producer.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the pod of a log by the path that container runtimes give it: {@code
 * /var/log/pods/NAMESPACE_POD_UID/CONTAINER/0.log}, or {@code /var/log/containers/POD_NAMESPACE_CONTAINER-ID.log}, which is
 * a link to it.
 */
final class ContainerLogPath {

    private static final Pattern FOLDER = Pattern.compile("[a-z0-9-]+_(?<pod>[a-z0-9.-]+)_[0-9a-fA-F-]{32,36}");
    private static final Pattern LINK = Pattern.compile("(?<pod>[a-z0-9.-]+)_[a-z0-9-]+_[a-z0-9-]+-[0-9a-f]{64}\\.log");
    private static final int MOST_LINKS = 8;

    private ContainerLogPath() {}

    /** Name of the pod, empty if neither the path nor what it links to tells it. */
    static Optional<String> pod(Path log) {
        Path path = log;
        for (int links = 0; links < MOST_LINKS; links++) {
            Optional<String> pod = named(path);
            if (pod.isPresent() || !Files.isSymbolicLink(path)) {
                return pod;
            }
            try {
                path = path.resolveSibling(Files.readSymbolicLink(path)).normalize();
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<String> named(Path path) {
        for (Path name : path) {
            Matcher folder = FOLDER.matcher(name.toString());
            if (folder.matches()) {
                return Optional.of(folder.group("pod"));
            }
        }
        Matcher link = LINK.matcher(String.valueOf(path.getFileName()));
        return link.matches() ? Optional.of(link.group("pod")) : Optional.empty();
    }
}
