package io.svidflow.cli.doctor;

import java.time.Duration;

/**
 * What a deployment has to survive.
 *
 * @param outage the longest outage of server or datastore that workloads should not notice
 * @param syncInterval the agents' sync_interval
 */
public record Demands(Duration outage, Duration syncInterval) {

    public Demands {
        if (outage.isNegative() || outage.isZero()) {
            throw new IllegalArgumentException("the outage to survive must be positive, but is " + outage);
        }
        if (syncInterval.isNegative() || syncInterval.isZero()) {
            throw new IllegalArgumentException("the sync interval must be positive, but is " + syncInterval);
        }
    }
}
