package io.svidflow.producer.bundle;

import io.svidflow.producer.coverage.SourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A bundle whose files can be read until it is closed. Archives are unpacked into a folder that only this user can see,
 * and which goes away on closing.
 */
final class OpenedBundle implements AutoCloseable {

    private static final Pattern ENDING =
            Pattern.compile("\\.(zip|tar\\.gz|tgz|log|txt|json|jsonl)$", Pattern.CASE_INSENSITIVE);

    private final BundleFiles files;
    private final Optional<Path> temporary;

    private OpenedBundle(BundleFiles files, Optional<Path> temporary) {
        this.files = files;
        this.temporary = temporary;
    }

    /** @throws BundleProblem if there is no such bundle, or an archive is broken or not to be trusted */
    static OpenedBundle open(Path bundle, BundleLimits limits) {
        String name = name(bundle);
        if (Files.isDirectory(bundle)) {
            return new OpenedBundle(BundleFiles.below(bundle, name, limits), Optional.empty());
        }
        if (!Files.isRegularFile(bundle)) {
            throw BundleProblem.in(bundle, "does not exist", "name a folder, .zip, .tar.gz or log");
        }
        return switch (ArchiveFormat.of(bundle)) {
            case ZIP -> unpacked(bundle, name, limits, new ZipUnpacking(bundle, limits));
            case TAR_GZ -> unpacked(bundle, name, limits, new TarUnpacking(bundle, limits));
            case NONE -> new OpenedBundle(log(bundle, name, limits), Optional.empty());
        };
    }

    BundleFiles files() {
        return files;
    }

    @Override
    public void close() {
        temporary.ifPresent(OpenedBundle::remove);
    }

    private static OpenedBundle unpacked(Path bundle, String name, BundleLimits limits, Unpacking unpacking) {
        Path folder;
        try {
            folder = Files.createTempDirectory("svidflow-");
        } catch (IOException e) {
            throw BundleProblem.in(bundle, "cannot be unpacked: " + e.getMessage(), "check the temporary folder", e);
        }
        try {
            unpacking.into(folder);
            return new OpenedBundle(BundleFiles.below(root(folder), name, limits), Optional.of(folder));
        } catch (RuntimeException e) {
            remove(folder);
            throw e;
        }
    }

    /** An archive of a folder holds that folder; an archive of its content does not. */
    private static Path root(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> visible = children.filter(
                            child -> !String.valueOf(child.getFileName()).matches("\\..*|__MACOSX"))
                    .toList();
            boolean wrapped = visible.size() == 1
                    && Files.isDirectory(visible.get(0))
                    && !visible.get(0).endsWith("raw");
            return wrapped ? visible.get(0) : folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static BundleFiles log(Path log, String name, BundleLimits limits) {
        BundleFiles any = BundleFiles.log(log, name, SourceKind.AGENT_LOG);
        return BundleFiles.log(log, name, LogKind.of(any, any.files().firstKey(), limits));
    }

    private static String name(Path bundle) {
        Path file = bundle.toAbsolutePath().normalize().getFileName();
        String name = file == null ? "" : ENDING.matcher(file.toString()).replaceFirst("");
        return name.isBlank() ? "incident" : name;
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the temporary folder " + folder, e);
        }
    }

    /** By the first bytes: a name may say anything. */
    private enum ArchiveFormat {
        ZIP,
        TAR_GZ,
        NONE;

        static ArchiveFormat of(Path file) {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] magic = in.readNBytes(4);
                if (magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] < 8 && magic[3] < 9) {
                    return ZIP;
                }
                return magic.length > 1 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b ? TAR_GZ : NONE;
            } catch (IOException e) {
                throw BundleFiles.unreadable(file.toString(), e);
            }
        }
    }
}
