package io.svidflow.cli.capture;

import io.svidflow.cli.BadInput;
import io.svidflow.producer.redaction.Mapping;
import io.svidflow.producer.redaction.RedactionKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The file that says who is behind the pseudonyms; only its owner can read it. */
public final class MappingFile {

    private final Path file;
    private final Optional<Mapping> earlier;
    private final RedactionKey key;

    private MappingFile(Path file, Optional<Mapping> earlier) {
        this.file = file;
        this.earlier = earlier;
        this.key = earlier.map(Mapping::key).orElseGet(RedactionKey::random);
    }

    /**
     * Continues the file, or is about to begin it.
     *
     * @throws BadInput if it is there and holds no mapping
     */
    public static MappingFile open(Path file) {
        if (!Files.exists(file)) {
            return new MappingFile(file, Optional.empty());
        }
        try {
            return new MappingFile(file, Optional.of(Mapping.parse(Files.readString(file))));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(file.toString(), "is no mapping file: " + e.getMessage(), "name another file");
        }
    }

    /** The key of the pseudonyms. */
    public RedactionKey key() {
        return key;
    }

    /** Writes the names, with those of earlier captures. */
    public void write(Mapping mapping) throws IOException {
        Mapping all = earlier.map(mapping::with).orElse(mapping);
        if (!Files.exists(file)
                && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(file, all.text().getBytes(StandardCharsets.UTF_8));
    }
}
