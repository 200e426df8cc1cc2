package io.svidflow.cli.report;

import io.svidflow.event.Clocks;
import java.time.Duration;
import java.time.Instant;

/** The four clocks of a pod, each with its distance from the start of the container. */
final class ClockTable {

    private final Clocks clocks;
    private final Moments moments;

    ClockTable(Clocks clocks, Moments moments) {
        this.clocks = clocks;
        this.moments = moments;
    }

    void print(Page page) {
        page.line(4, "t_pod     ", row(clocks.getPod(), "container started"));
        page.line(4, "t_entry   ", row(clocks.getEntry(), "entry created"));
        page.line(4, "t_sync    ", row(clocks.getSync(), "last successful synchronisation of the agent"));
        page.line(4, "t_ask     ", row(clocks.getAsk(), "first refused or failed fetch"));
    }

    private String row(Instant at, String meaning) {
        if (at == null) {
            return "not seen: " + meaning;
        }
        if (clocks.getPod() == null || at.equals(clocks.getPod())) {
            return moments.milli(at) + " " + meaning;
        }
        Duration distance = Duration.between(clocks.getPod(), at);
        return moments.milli(at) + " " + meaning + ", " + Moments.length(distance.abs())
                + (distance.isNegative() ? " before t_pod" : " after t_pod");
    }
}
