package io.svidflow.producer.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Unpacks .zip files by their directory, which alone tells links from files. */
final class ZipUnpacking extends Unpacking {

    ZipUnpacking(Path archive, BundleLimits limits) {
        super(archive, limits);
    }

    @Override
    void unpack(Path archive, Path folder) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                if (entry.isUnixSymlink()) {
                    throw refuse(entry.getName(), "a link");
                }
                if (!zip.canReadEntryData(entry)) {
                    throw refuse(entry.getName(), "encrypted, or packed in an uncommon way");
                }
                if (!entry.isDirectory()) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        file(folder, entry.getName(), content);
                    }
                }
            }
        }
    }
}
