package io.svidflow.producer.bundle;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Unpacks .tar.gz files. */
final class TarUnpacking extends Unpacking {

    TarUnpacking(Path archive, BundleLimits limits) {
        super(archive, limits);
    }

    @Override
    void unpack(Path archive, Path folder) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(GzipCompressorInputStream.builder()
                        .setInputStream(file)
                        .setDecompressConcatenated(true)
                        .get())) {
            int entries = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries++;
                if (entry.isDirectory()) {
                    continue;
                }
                if (entry.isSymbolicLink() || entry.isLink()) {
                    throw refuse(entry.getName(), "a link");
                }
                if (!entry.isFile() || !tar.canReadEntryData(entry)) {
                    throw refuse(entry.getName(), "neither a file nor a folder");
                }
                file(folder, entry.getName(), tar);
            }
            if (entries == 0) {
                throw new EOFException("it holds nothing");
            }
        }
    }
}
