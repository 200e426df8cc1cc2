package io.svidflow.cli.scenario;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The same bundle in other wrappings, written without the code that reads them. */
final class BundleCopies {

    private BundleCopies() {}

    /** Unpacks a recording into a folder of its own below the given one; returns that folder. */
    static Path unpack(Path archive, Path below) throws IOException {
        Path top = null;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = below.resolve(entry.getName());
                top = below.resolve(Path.of(entry.getName()).getName(0));
                if (!entry.isDirectory()) {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                }
            }
        }
        return top;
    }

    /** The files below a folder, relative to it. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .sorted()
                    .toList();
        }
    }

    /** Copies files in the given order. */
    static Path copy(Path folder, List<Path> order, Path target) throws IOException {
        for (Path file : order) {
            Files.createDirectories(target.resolve(file).getParent());
            Files.copy(folder.resolve(file), target.resolve(file));
        }
        return target;
    }

    /** Packs files in the given order. */
    static Path zip(Path folder, List<Path> order, Path archive) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Path file : order) {
                zip.putNextEntry(new ZipEntry(file.toString().replace('\\', '/')));
                Files.copy(folder.resolve(file), zip);
                zip.closeEntry();
            }
        }
        return archive;
    }

    /** Packs files in the given order. */
    static Path tarGz(Path folder, List<Path> order, Path archive) throws IOException {
        try (OutputStream file = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
            for (Path path : order) {
                TarArchiveEntry entry = new TarArchiveEntry(path.toString().replace('\\', '/'));
                entry.setSize(Files.size(folder.resolve(path)));
                tar.putArchiveEntry(entry);
                Files.copy(folder.resolve(path), tar);
                tar.closeArchiveEntry();
            }
        }
        return archive;
    }
}
