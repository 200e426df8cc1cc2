package io.svidflow.benchmark;

import java.time.Instant;

/**
 * A pod of a load.
 *
 * @param number unlike that of any other workload pod of the load
 */
record LoadPod(String node, long number, String name, Instant startedAt) {

    static LoadPod workload(String node, long number, Instant startedAt) {
        return new LoadPod(node, number, "bench-" + number, startedAt);
    }

    String uid() {
        return "uid-of-" + name;
    }

    String entryId() {
        return "entry-of-" + name;
    }
}
