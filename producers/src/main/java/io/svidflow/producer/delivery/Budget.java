package io.svidflow.producer.delivery;

/**
 * How many bytes may be on their way to the brokers at a time. Whoever hands over more waits. One source gets no more
 * than its share, so that a partition that nobody leads holds up those who write to it and nobody else.
 */
final class Budget {

    private final long total;
    private final long share;
    private long used;

    /** What one source has on its way. Guarded by the budget. */
    static final class Account {
        private long used;
    }

    /**
     * @param total bytes of all sources
     * @param share bytes of one source
     */
    Budget(long total, long share) {
        if (share < 1 || share > total) {
            throw new IllegalArgumentException(
                    "the share of a source must be from 1 to " + total + " bytes, but is " + share);
        }
        this.total = total;
        this.share = share;
    }

    /** Waits until there is room; something that is larger than the whole goes alone. */
    synchronized void take(Account account, long bytes) throws InterruptedException {
        while (!fits(account.used, bytes, share) || !fits(used, bytes, total)) {
            wait();
        }
        account.used += bytes;
        used += bytes;
    }

    synchronized void giveBack(Account account, long bytes) {
        account.used -= bytes;
        used -= bytes;
        notifyAll();
    }

    /** Bytes on their way. */
    synchronized long used() {
        return used;
    }

    private static boolean fits(long taken, long bytes, long limit) {
        return taken == 0 || taken + bytes <= limit;
    }
}
