package io.svidflow.producer.spire;

import io.svidflow.producer.Publication;
import java.util.List;

/** What a message means. */
@FunctionalInterface
interface Meaning {

    /** A message that says nothing about identities. */
    Meaning NOTHING = line -> List.of();

    /** The facts in a line; none if this line, of a message that matters at times, says nothing. */
    List<Publication> of(TimedLine line);
}
