package io.svidflow.resync.actor;

import io.svidflow.event.RemediationEvidence;
import io.svidflow.event.RemediationIntent;
import io.svidflow.event.RemediationResult;
import java.util.ArrayList;
import java.util.List;

/** Remembers what was written, in order, and can refuse to write. */
final class MemoryJournal implements Journal {

    final List<String> order = new ArrayList<>();
    final List<RemediationResult> results = new ArrayList<>();
    final List<RemediationEvidence> evidence = new ArrayList<>();
    boolean full;

    @Override
    public void answered(Delivery delivery, RemediationResult result) {
        write("answered", result);
    }

    @Override
    public void intends(
            Delivery delivery, RemediationIntent intent, List<RemediationEvidence> saved, RemediationResult accepted) {
        write("intends", accepted);
        evidence.addAll(saved);
    }

    @Override
    public void ended(Delivery delivery, RemediationIntent intent) {
        write("ended", intent.getResult());
    }

    @Override
    public void orphaned(RemediationIntent intent) {
        write("orphaned", intent.getResult());
    }

    @Override
    public void skipped(Delivery delivery) {
        order.add("skipped");
    }

    RemediationResult last() {
        return results.get(results.size() - 1);
    }

    private void write(String what, RemediationResult result) {
        if (full) {
            throw new IllegalStateException("the brokers do not take it");
        }
        order.add(what);
        results.add(result);
    }
}
