package io.svidflow.producer.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

    private static final byte[] X = {'x'};

    @TempDir
    Path folder;

    @TempDir
    Path archives;

    @BeforeEach
    void makeBundle() {
        SmallBundle.in(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "small/"})
    void shouldReadAnArchiveAsItsFolder(String prefix) throws IOException {
        Path zip = archives.resolve("small.zip");
        Path tar = archives.resolve("small.tgz");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            for (Path file : files()) {
                add(out, prefix + folder.relativize(file), Files.readAllBytes(file), 0);
            }
        }
        try (TarArchiveOutputStream out = tar(tar)) {
            for (Path file : files()) {
                add(out, prefix + folder.relativize(file), Files.readAllBytes(file));
            }
        }

        IncidentBundle unpacked = new BundleReader().read(folder);
        assertThat(new BundleReader().read(zip).publications()).containsExactlyElementsOf(unpacked.publications());
        assertThat(new BundleReader().read(tar).publications()).containsExactlyElementsOf(unpacked.publications());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "raw/../../evil", "/evil", "raw\\..\\..\\evil", "C:/evil"})
    void shouldRefuseAPathThatLeavesTheBundle(String path) throws IOException {
        Path zip = archives.resolve("evil.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            add(out, path, X, 0);
        }
        Path tar = archives.resolve("evil.tar.gz");
        try (TarArchiveOutputStream out = tar(tar)) {
            TarArchiveEntry entry = new TarArchiveEntry(path, true);
            entry.setSize(1);
            out.putArchiveEntry(entry);
            out.write(X);
            out.closeArchiveEntry();
        }

        for (Path archive : List.of(zip, tar)) {
            assertThatThrownBy(() -> new BundleReader().read(archive))
                    .isInstanceOf(BundleProblem.class)
                    .hasMessageContaining("a path that leaves the bundle")
                    .hasMessageContaining("pack plain files only");
        }
    }

    @Test
    void shouldRefuseLinks() throws IOException {
        Path zip = archives.resolve("link.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            add(out, "incident.yaml", "/etc/passwd".getBytes(), 0120777);
        }
        Path tar = archives.resolve("link.tar.gz");
        try (TarArchiveOutputStream out = tar(tar)) {
            TarArchiveEntry link = new TarArchiveEntry("incident.yaml", TarArchiveEntry.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            out.putArchiveEntry(link);
            out.closeArchiveEntry();
        }

        for (Path archive : List.of(zip, tar)) {
            assertThatThrownBy(() -> new BundleReader().read(archive))
                    .isInstanceOf(BundleProblem.class)
                    .hasMessageContaining("incident.yaml, which is a link");
        }
    }

    @Test
    void shouldRefuseAZipBomb() throws IOException {
        Path zip = archives.resolve("bomb.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            add(out, "raw/pods.jsonl", new byte[1 << 20], 0);
        }
        BundleLimits limits = new BundleLimits(1 << 30, 100, 200, 1 << 16, 1 << 20);

        assertThatThrownBy(() -> new BundleReader(limits, List.of()).read(zip))
                .isInstanceOf(BundleProblem.class)
                .hasMessageContaining("more than 200 times its size");
    }

    @Test
    void shouldRefuseMoreFilesOrBytesThanABundleMayHold() throws IOException {
        Path zip = archives.resolve("many.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            add(out, "a", X, 0);
            add(out, "b", X, 0);
        }

        assertThatThrownBy(() -> new BundleReader(new BundleLimits(100, 1, 200, 1, 1), List.of()).read(zip))
                .hasMessageContaining("holds more than 1 files");
        assertThatThrownBy(() -> new BundleReader(new BundleLimits(1, 10, 200, 1, 1), List.of()).read(zip))
                .hasMessageContaining("unpacks to more than 1 bytes");
    }

    @Test
    void shouldRefuseATruncatedArchive() throws IOException {
        Path tar = archives.resolve("cut.tar.gz");
        try (TarArchiveOutputStream out = tar(tar)) {
            for (Path file : files()) {
                add(out, folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        byte[] whole = Files.readAllBytes(tar);
        Files.write(tar, Arrays.copyOf(whole, whole.length / 2));
        Path zip = archives.resolve("cut.zip");
        Files.write(zip, new byte[] {'P', 'K', 3, 4, 0, 0});

        for (Path archive : List.of(zip, tar)) {
            assertThatThrownBy(() -> new BundleReader().read(archive))
                    .isInstanceOf(BundleProblem.class)
                    .hasMessageContaining(archive.getFileName() + ": is a damaged or truncated archive")
                    .hasMessageContaining("copy it again");
        }
    }

    @Test
    void shouldSayThatABundleDoesNotExist() {
        assertThatThrownBy(() -> new BundleReader().read(archives.resolve("nothing")))
                .isInstanceOf(BundleProblem.class)
                .hasMessageContaining("nothing: does not exist");
    }

    @Test
    void shouldLeaveNothingBehind() throws IOException {
        Path zip = archives.resolve("evil.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            add(out, "raw/pods.jsonl", X, 0);
            add(out, "../evil", X, 0);
        }
        long before = temporaryFolders();

        assertThatThrownBy(() -> new BundleReader().read(zip)).isInstanceOf(BundleProblem.class);

        assertThat(temporaryFolders()).isEqualTo(before);
    }

    private static long temporaryFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("svidflow-"))
                    .count();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static TarArchiveOutputStream tar(Path archive) throws IOException {
        OutputStream file = Files.newOutputStream(archive);
        return new TarArchiveOutputStream(new GzipCompressorOutputStream(file));
    }

    private static void add(TarArchiveOutputStream out, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }

    private static void add(ZipArchiveOutputStream out, String name, byte[] content, int mode) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        if (mode != 0) {
            entry.setUnixMode(mode);
        }
        out.putArchiveEntry(entry);
        try (InputStream in = new java.io.ByteArrayInputStream(content)) {
            in.transferTo(out);
        }
        out.closeArchiveEntry();
    }
}
