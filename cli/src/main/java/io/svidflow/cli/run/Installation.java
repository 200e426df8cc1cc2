package io.svidflow.cli.run;

import java.util.Map;

/**
 * What every part of svidflow needs to know of an installation.
 *
 * @param settings settings for clients and serdes
 * @param stateDir where state is kept
 * @param partitions partitions of the topics that are keyed by node, from 1
 */
public record Installation(Map<String, Object> settings, String stateDir, int partitions) {

    public Installation {
        settings = Map.copyOf(settings);
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, but is " + partitions);
        }
    }
}
