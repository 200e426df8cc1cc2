package io.svidflow.producer.bundle;

/**
 * How much a bundle may hold: it comes from somebody else.
 *
 * @param totalBytes bytes of an unpacked archive
 * @param files files of an archive
 * @param ratio how many times larger than the archive its content may be, once it is larger than {@code ratioFromBytes}
 * @param ratioFromBytes small archives may compress as well as they like
 * @param lineBytes bytes of a line; the rest of a longer one is skipped
 */
public record BundleLimits(long totalBytes, int files, int ratio, long ratioFromBytes, int lineBytes) {

    private static final long MIB = 1024L * 1024L;

    /** 4 GiB, 10,000 files, 200 : 1 beyond 64 MiB, lines of 1 MiB. */
    public static final BundleLimits DEFAULT = new BundleLimits(4096 * MIB, 10_000, 200, 64 * MIB, (int) MIB);

    public BundleLimits {
        if (totalBytes < 1 || files < 1 || ratio < 1 || ratioFromBytes < 0 || lineBytes < 1) {
            throw new IllegalArgumentException("limits of a bundle must be positive, but are " + totalBytes
                    + " bytes, " + files + " files, ratio " + ratio + " from " + ratioFromBytes + " bytes, lines of "
                    + lineBytes + " bytes");
        }
    }
}
