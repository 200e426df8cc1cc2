package io.svidflow.producer.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/**
 * Unpacks an archive that somebody else made: only plain files, only below the given folder, and only so much of it.
 */
abstract class Unpacking {

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

    private final Path archive;
    private final BundleLimits limits;
    private long bytes;
    private int files;

    Unpacking(Path archive, BundleLimits limits) {
        this.archive = archive;
        this.limits = limits;
    }

    /** @throws BundleProblem if the archive is broken or not to be trusted; what was unpacked before remains */
    final void into(Path folder) {
        try {
            unpack(archive, folder);
        } catch (IOException | IllegalArgumentException e) {
            throw BundleProblem.in(
                    archive,
                    "is a damaged or truncated archive" + (e.getMessage() == null ? "" : ": " + e.getMessage()),
                    "copy it again, or unpack it and name the folder",
                    e);
        }
    }

    /** Calls {@link #file} for each plain file and {@link #refuse} for whatever is neither file nor folder. */
    abstract void unpack(Path archive, Path folder) throws IOException;

    /** Writes one file. */
    final void file(Path folder, String name, InputStream content) throws IOException {
        if (++files > limits.files()) {
            throw BundleProblem.in(archive, "holds more than " + limits.files() + " files", "pack only the bundle");
        }
        Path target = target(folder, name);
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (OutputStream out =
                Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy(content, out);
        } catch (FileAlreadyExistsException e) {
            throw BundleProblem.in(archive, "holds " + name + " twice", "pack it again");
        }
    }

    /** @param what what the entry is, e.g. "a link" */
    final BundleProblem refuse(String name, String what) {
        return BundleProblem.in(archive, "holds " + name + ", which is " + what, "pack plain files only");
    }

    private Path target(Path folder, String name) {
        String path = name.replace('\\', '/');
        boolean leaves = path.startsWith("/") || DRIVE.matcher(path).matches();
        try {
            Path target = folder.resolve(leaves ? "" : path).normalize();
            if (leaves || (path + "/").contains("../") || target.equals(folder) || !target.startsWith(folder)) {
                throw refuse(name, "a path that leaves the bundle");
            }
            return target;
        } catch (InvalidPathException e) {
            throw refuse(name, "no name for a file");
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes += read;
            if (bytes > limits.totalBytes()) {
                throw BundleProblem.in(
                        archive, "unpacks to more than " + limits.totalBytes() + " bytes", "pack only what matters");
            }
            if (bytes > limits.ratioFromBytes() && bytes / limits.ratio() > Files.size(archive)) {
                throw BundleProblem.in(
                        archive,
                        "unpacks to more than " + limits.ratio() + " times its size, as a zip bomb does",
                        "if you trust it, unpack it and name the folder");
            }
            out.write(buffer, 0, read);
        }
    }
}
