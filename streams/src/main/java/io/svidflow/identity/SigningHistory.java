package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * The agent's requests to have SVIDs signed. An agent that is refused one asks again twice a second and writes the line
 * with which it sets out each time, so that this line proves nothing while refusals go on.
 *
 * @param failingSince first refusal of the present run; null: the last signature known was given
 * @param lastFailure latest refusal
 * @param error what the run's first refusal said
 * @param refusals refusals of the run; counted up to 3
 */
public record SigningHistory(Instant failingSince, Instant lastFailure, String error, int refusals) {

    static final SigningHistory UNKNOWN = new SigningHistory(null, null, null, 0);

    /** A refusal after this long is another fault. */
    private static final Duration RUN = Duration.ofSeconds(90);
    /** An agent that sets out to sign and fails says so within its RPC timeout of 30 s. */
    private static final Duration SIGNING = Duration.ofSeconds(35);

    SigningHistory failed(Instant at, String reason) {
        boolean another = failingSince == null || at.isAfter(lastFailure.plus(RUN));
        return new SigningHistory(
                another || at.isBefore(failingSince) ? at : failingSince,
                another ? at : Times.latest(lastFailure, at),
                another || error == null ? reason : error,
                another ? 1 : Math.min(refusals + 1, 3));
    }

    SigningHistory signed(Instant at) {
        return Times.reached(lastFailure, at) ? this : UNKNOWN;
    }

    /** Whether a request of this time was refused, or may yet be. */
    boolean refuted(Instant request, Instant now) {
        if (lastFailure == null) {
            return false;
        }
        boolean failed = !lastFailure.isBefore(request) && lastFailure.isBefore(request.plus(SIGNING));
        boolean open = refusals > 1 && !request.isAfter(lastFailure.plus(RUN)) && request.isAfter(failingSince);
        return failed || (open && now.isBefore(request.plus(SIGNING)));
    }

    /** Whether requests have been refused since {@code time}. */
    boolean refusedSince(Instant time) {
        return Times.reached(lastFailure, time);
    }
}
