package io.svidflow.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The datastore behind the SPIRE server, judged by the server's own errors and answers alone: a database pod that is not
 * Ready may still serve, and one that is may not.
 *
 * @param firstError first error since the last answer; null: none
 * @param lastAnswer last call that needs the datastore and succeeded
 * @param answeredBy that call, in words
 * @param previous the outage before, once it was over
 * @param kind in which way it fails or last failed, see {@link DatastoreFault}; null: its errors do not say
 */
public record DatastoreHealth(
        Instant firstError,
        Instant lastError,
        int errors,
        String firstText,
        String ref,
        Instant lastAnswer,
        String answeredBy,
        Outage previous,
        String kind) {

    /** A single error is a hiccup. */
    private static final int ENOUGH = 3;

    private static final Duration LASTING = Duration.ofSeconds(5);
    /** The server reloads its entry cache every 5 s and says so when it fails: silence is an answer of a kind. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    static final DatastoreHealth UNKNOWN = new DatastoreHealth(null, null, 0, null, null, null, null, null, null);

    DatastoreHealth failed(Instant at, String text, String fact) {
        if (lastAnswer != null && lastAnswer.isAfter(at)) {
            return this;
        }
        if (firstError != null && at.isAfter(lastError.plus(SILENCE.multipliedBy(2)))) {
            return new DatastoreHealth(
                    at,
                    at,
                    1,
                    text,
                    fact,
                    lastAnswer,
                    answeredBy,
                    confirmed(lastError),
                    DatastoreFault.better(null, text));
        }
        return new DatastoreHealth(
                firstError == null ? at : firstError,
                lastError == null || at.isAfter(lastError) ? at : lastError,
                errors + 1,
                firstText == null ? text : firstText,
                ref == null ? fact : ref,
                lastAnswer,
                answeredBy,
                previous,
                DatastoreFault.better(firstError == null ? null : kind, text));
    }

    DatastoreHealth answered(Instant at, String by) {
        if (lastAnswer != null && lastAnswer.isAfter(at)) {
            return this;
        }
        if (lastError != null && !at.isAfter(lastError)) {
            return this;
        }
        return new DatastoreHealth(null, null, 0, null, null, at, by, confirmed(at), kind);
    }

    private Outage confirmed(Instant end) {
        return confirmed() ? new Outage(firstError, end) : previous;
    }

    private boolean confirmed() {
        return firstError != null && errors >= ENOUGH && !lastError.isBefore(firstError.plus(LASTING));
    }

    /** The present outage, or else the last one. */
    Optional<Outage> outage(Instant now) {
        if (!confirmed()) {
            return Optional.ofNullable(previous);
        }
        boolean silent = now.isAfter(lastError.plus(SILENCE));
        return Optional.of(new Outage(firstError, silent ? lastError : null));
    }

    /** Whether an outage lasts at {@code now}. */
    boolean down(Instant now) {
        return outage(now).filter(Outage::lasts).isPresent();
    }
}
