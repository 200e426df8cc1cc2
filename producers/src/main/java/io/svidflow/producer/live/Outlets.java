package io.svidflow.producer.live;

import io.svidflow.producer.coverage.Source;

/** The outlets of one process. */
public interface Outlets {

    /**
     * The outlet of a source; the same one each time it is asked for. From then on the source's silence is missed. A
     * source has one outlet in one process at a time, and an outlet is used by one thread at a time.
     */
    Outlet of(Source source) throws InterruptedException;
}
