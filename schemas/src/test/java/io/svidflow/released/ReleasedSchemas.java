package io.svidflow.released;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * The schemas as they were released, kept in {@code src/test/resources/released/VERSION/}: for each topic value and
 * each kind of event {@code NAME.avsc}, and records that were written with them, {@code TYPE.bin} or {@code
 * TYPE-KIND.bin}.
 */
final class ReleasedSchemas {

    static final Path FOLDER = Path.of("src", "test", "resources", "released");

    private ReleasedSchemas() {}

    /**
     * @param version release that the schema belongs to
     * @param schema the schema then
     */
    record Released(int version, Schema schema) {

        @Override
        public String toString() {
            return schema.getFullName() + " of release " + version;
        }
    }

    /**
     * @param file record as it was written then
     * @param schema its schema then
     */
    record Golden(Path file, Schema schema) {

        byte[] bytes() {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return file.getParent().getFileName() + "/" + file.getFileName();
        }
    }

    static List<Released> schemas() {
        return files(".avsc")
                .map(file -> new Released(version(file), parse(file)))
                .toList();
    }

    static List<Golden> records() {
        return files(".bin")
                .map(file -> new Golden(file, parse(file.resolveSibling(typeOf(file) + ".avsc"))))
                .toList();
    }

    private static Stream<Path> files(String suffix) {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String typeOf(Path record) {
        return record.getFileName().toString().replaceFirst("(-.*)?\\.bin$", "");
    }

    private static int version(Path file) {
        return Integer.parseInt(file.getParent().getFileName().toString());
    }

    private static Schema parse(Path file) {
        try {
            return new Schema.Parser().parse(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
