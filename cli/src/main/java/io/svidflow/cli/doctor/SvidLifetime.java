package io.svidflow.cli.doctor;

import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.LogSigns;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether the workloads' SVIDs outlive the longest outage. */
final class SvidLifetime implements Check {

    @Override
    public String name() {
        return "svid-lifetime";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        Optional<Duration> longest = layout.logs().stream()
                .map(LogSigns::svidLifetime)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
        if (longest.isEmpty()) {
            return List.of(notChecked(
                    "lifetime of the workloads' SVIDs: only the server's audit log tells, and no signature is in it",
                    "set audit_log_enabled = true in the server's configuration"));
        }
        Duration survived = Renewal.survivedForSure(longest.get());
        String seen = "workload SVIDs live for " + Lengths.of(longest.get()) + " (longest seen)";
        return List.of(
                survived.compareTo(demands.outage()) < 0
                        ? risk(
                                seen,
                                "after an outage of more than " + Lengths.of(survived)
                                        + " running workloads may lose the identity they had; "
                                        + Lengths.of(demands.outage()) + " was asked for",
                                "raise default_x509_svid_ttl, or set availability_target on the agents")
                        : fine(seen + "; running workloads keep theirs through " + Lengths.of(survived)));
    }
}
