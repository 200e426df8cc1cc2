package io.svidflow.producer.health;

import java.util.List;

/** What keeps a process from doing its work, in words that an operator reads; an empty list means that all is well. */
public interface Health {

    /** What only a restart helps against. */
    List<String> dead();

    /** What keeps it from its work now; most of it passes by itself. */
    List<String> unready();
}
