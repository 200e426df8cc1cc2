package io.svidflow.cli.source;

import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.LiveSource;
import java.util.List;
import java.util.Set;

/**
 * A live source that is configured.
 *
 * @param source observes
 * @param speaksFor sources of the whole cluster that it speaks for, as far as they are known before it starts
 * @param ofNodes kinds of sources of single nodes that it speaks for
 * @param check tries what it needs
 * @param resource closed when the process ends
 */
record Planned(LiveSource source, Set<Source> speaksFor, Set<SourceKind> ofNodes, Check check, AutoCloseable resource) {

    /** Tries what a source needs. */
    interface Check {

        /** What is missing, each with its remedy; empty: nothing. */
        List<String> missing() throws InterruptedException;
    }

    /** A source with nothing to close. */
    static Planned of(LiveSource source, Set<Source> speaksFor, Set<SourceKind> ofNodes, Check check) {
        return new Planned(source, speaksFor, ofNodes, check, () -> {});
    }
}
