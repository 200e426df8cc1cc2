package io.svidflow.producer.capture;

import io.svidflow.producer.bundle.FactBundle;
import io.svidflow.producer.bundle.ManifestWriter;
import io.svidflow.serde.FactFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Writes captures as folders that {@code svidflow replay} reads. */
public final class CaptureFolder {

    private CaptureFolder() {}

    /** Whether a capture may be written there: nothing is, or an empty folder. */
    public static boolean free(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return !Files.exists(folder);
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }

    /**
     * @param folder is made where it does not exist
     * @throws IOException if it cannot be written
     */
    public static void write(Capture capture, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(FactBundle.FILE)))) {
            FactFile.write(capture.facts(), out);
        }
        byte[] manifest = ManifestWriter.write(capture.manifest()).getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve(FactBundle.MANIFEST), manifest);
    }
}
