package io.svidflow.producer.delivery;

import io.svidflow.event.Checkpoint;
import io.svidflow.producer.coverage.Source;
import java.util.Optional;
import java.util.Set;

/** Where earlier processes stopped. */
public interface StoredCheckpoints {

    /** The last position of the source that has been stored; waits for the brokers for as long as it takes. */
    Optional<Checkpoint> of(Source source) throws InterruptedException;

    /** Every source of which a position is stored. */
    Set<Source> known() throws InterruptedException;
}
