package io.svidflow.producer.bundle;

import java.nio.file.Files;
import java.nio.file.Path;

/** A bundle whose files can be read until it is closed. */
final class OpenedBundle implements AutoCloseable {

    private final BundleFiles files;

    private OpenedBundle(BundleFiles files) {
        this.files = files;
    }

    static OpenedBundle open(Path bundle, BundleLimits limits) {
        if (!Files.isDirectory(bundle)) {
            throw BundleProblem.in(bundle, "is not a folder", "unpack it; limit " + limits.files());
        }
        Path name = bundle.toAbsolutePath().normalize().getFileName();
        return new OpenedBundle(new BundleFiles(bundle, name == null ? "incident" : name.toString()));
    }

    BundleFiles files() {
        return files;
    }

    @Override
    public void close() {
        // nothing was unpacked
    }
}
