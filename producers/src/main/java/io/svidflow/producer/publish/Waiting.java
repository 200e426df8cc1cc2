package io.svidflow.producer.publish;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A way to let time pass. */
@FunctionalInterface
public interface Waiting {

    /** Lets the thread sleep. */
    Waiting SLEEPING = duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos());

    /**
     * Returns after the given time.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void pass(Duration duration) throws InterruptedException;
}
