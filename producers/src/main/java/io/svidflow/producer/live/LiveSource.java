package io.svidflow.producer.live;

/**
 * Observes a part of a running installation: an API, a socket, logs. Each runs in a thread of its own, so that one that
 * is stuck holds up its own promises and nobody else's.
 */
public interface LiveSource {

    /** What an operator calls it, in health, metrics and logs, e.g. {@code kubernetes} or {@code log-files}. */
    String name();

    /**
     * Observes until the thread is interrupted. What is observed may refuse, hang or be gone: that is published as a
     * failed observation and tried again, it does not end the observation.
     *
     * @param outlets where to say what is seen, one for each {@link io.svidflow.producer.coverage.Source} that this
     *     speaks for
     * @throws InterruptedException when it is asked to stop
     * @throws RuntimeException for a defect: the source is started again after a while, from its last position
     */
    void observe(Outlets outlets) throws InterruptedException;
}
