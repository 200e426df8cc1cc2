package io.svidflow.cli.source;

import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes live sources of one kind from the configuration. */
interface SourceFactory {

    /** Keys that it reads. */
    List<Key<?>> keys();

    /**
     * Reads what is said of the source, and notes what is wrong.
     *
     * @return what makes the sources when everything has been read and is right; empty: it is not configured
     */
    Optional<Function<Surroundings, List<Planned>>> read(Section all);
}
