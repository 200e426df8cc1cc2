package io.svidflow.producer.bundle;

import io.svidflow.producer.bundle.ReadReport.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Counts lines that share a fate and keeps a few different ones as samples. */
final class Fate {

    private static final int SAMPLES = 5;

    private final Set<String> seen = new TreeSet<>();
    private final List<String> samples = new ArrayList<>();
    private long count;

    void add(Place place, String text) {
        count++;
        if (samples.size() < SAMPLES && seen.add(text)) {
            samples.add(place + ": " + text);
        }
    }

    Lines lines() {
        return new Lines(count, samples);
    }
}
