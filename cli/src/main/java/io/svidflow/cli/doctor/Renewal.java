package io.svidflow.cli.doctor;

import java.time.Duration;

/**
 * What is left of an X509-SVID when its renewal begins to fail. SPIRE renews once half of the lifetime is left, give or
 * take 10 % (pkg/common/rotationutil/rotationutil.go): in the worst case the outage begins just before.
 */
final class Renewal {

    private static final double LEFT_AT_WORST = 0.45;

    private Renewal() {}

    static Duration survivedForSure(Duration lifetime) {
        return Duration.ofSeconds(Math.round(lifetime.toSeconds() * LEFT_AT_WORST));
    }
}
