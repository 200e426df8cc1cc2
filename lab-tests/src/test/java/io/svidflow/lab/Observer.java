package io.svidflow.lab;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.watch.Watch;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** Somebody who reads what svidflow concludes, as it comes, and looks at a clock. */
final class Observer implements AutoCloseable {

    private final Watch watch;
    private final Thread thread;
    private final Map<String, Instant> arrivals = new HashMap<>();
    private final Conclusions conclusions = new Conclusions();
    private RuntimeException failure;

    Observer(Watch watch) {
        this.watch = watch;
        thread = new Thread(this::listen, "observer");
        thread.start();
    }

    /** The finding that was first heard of, if one is so. */
    synchronized Optional<Finding> finding(Predicate<Finding> wanted) {
        requireHealthy();
        return conclusions.findings().stream().filter(wanted).findFirst();
    }

    /** Whether everything that was found is over. */
    synchronized boolean allIsOver() {
        requireHealthy();
        return conclusions.findings().stream().allMatch(finding -> finding.getRecoveredAt() != null)
                && conclusions.incidents().stream().allMatch(incident -> incident.getClosedAt() != null);
    }

    /** How long after its deadline a finding was first heard of. */
    synchronized Duration delay(Finding finding) {
        return Duration.between(finding.getDetectedAt(), arrivals.get(finding.getId()));
    }

    /** What has been heard so far. */
    synchronized Conclusions conclusions() {
        requireHealthy();
        Conclusions copy = new Conclusions();
        conclusions.findings().forEach(copy::add);
        conclusions.incidents().forEach(copy::add);
        return copy;
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void listen() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<SpecificRecord> news = new ArrayList<>();
                watch.listen(news::add);
                keep(news);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            synchronized (this) {
                failure = e;
            }
        }
    }

    private synchronized void keep(List<SpecificRecord> news) {
        for (SpecificRecord one : news) {
            if (one instanceof Finding finding) {
                arrivals.putIfAbsent(finding.getId(), Instant.now());
                conclusions.add(finding);
            } else if (one instanceof Incident incident) {
                conclusions.add(incident);
            }
        }
    }

    private void requireHealthy() {
        if (failure != null) {
            throw new IllegalStateException("the observer has failed", failure);
        }
    }
}
