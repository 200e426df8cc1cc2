package io.svidflow.producer.bundle;

import io.svidflow.producer.bundle.ReadReport.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Counts lines that share a fate and keeps a few different ones as samples. */
final class Fate {

    private static final int SAMPLES = 5;
    private static final int SAMPLE_LENGTH = 200;

    private final Set<String> seen = new TreeSet<>();
    private final List<String> samples = new ArrayList<>();
    private long count;

    void add(Place place, String text) {
        count++;
        if (samples.size() < SAMPLES && seen.add(text)) {
            samples.add(place + ": " + text.substring(0, Math.min(text.length(), SAMPLE_LENGTH)));
        }
    }

    Lines lines() {
        return new Lines(count, samples);
    }
}
