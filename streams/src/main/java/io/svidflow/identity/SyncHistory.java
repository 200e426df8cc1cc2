package io.svidflow.identity;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The agent's synchronisations with the server. SPIRE logs failures and never a success; successes come from the audit
 * log, from the debug API, or from what an agent does only after one.
 *
 * @param lastSuccess last synchronisation that is known to have succeeded
 * @param audited the server's audit log reports successes, so that the lack of one means something
 * @param polled the agent's debug API reports the last success, and was not out of reach when last asked
 * @param failingSince first failure of the current streak; null when nothing failed since the last success
 * @param attempts failed attempts of the streak
 * @param announcedNext when the agent said, with its last failure, that it would try again; null: it did not say
 * @param firstError error of the streak's first attempt: in a datastore outage only this one names the datastore
 */
public record SyncHistory(
        Instant lastSuccess,
        boolean audited,
        boolean polled,
        Instant failingSince,
        int attempts,
        Instant lastAttempt,
        Instant previousAttempt,
        Instant announcedNext,
        String firstError,
        String lastError,
        String ref) {

    static final SyncHistory UNKNOWN = new SyncHistory(null, false, false, null, 0, null, null, null, null, null, null);

    SyncHistory succeeded(Instant at) {
        if (!Times.reached(at, lastSuccess)) {
            return this;
        }
        return Times.reached(lastAttempt, at)
                ? new SyncHistory(
                        at,
                        audited,
                        polled,
                        failingSince,
                        attempts,
                        lastAttempt,
                        previousAttempt,
                        announcedNext,
                        firstError,
                        lastError,
                        ref)
                : new SyncHistory(at, audited, polled, null, 0, null, null, null, null, null, null);
    }

    /** @param next when the agent says that it will try again; null: it does not say */
    SyncHistory failed(Instant at, Instant next, String error, String fact) {
        if (Times.reached(lastSuccess, at) || at.equals(lastAttempt)) {
            return this;
        }
        boolean first = failingSince == null || at.isBefore(failingSince);
        boolean last = Times.reached(at, lastAttempt);
        return new SyncHistory(
                lastSuccess,
                audited,
                polled,
                first ? at : failingSince,
                attempts + 1,
                last ? at : lastAttempt,
                last ? lastAttempt : Times.latest(previousAttempt, at),
                last ? next : announcedNext,
                first ? error : firstError,
                last ? error : lastError,
                last ? fact : ref);
    }

    SyncHistory auditedSuccess(Instant at) {
        return reportedBy(true, polled).succeeded(at);
    }

    SyncHistory polledSuccess(Instant at) {
        return reportedBy(audited, true).succeeded(at);
    }

    /** What the debug API does not tell any more must not be taken for a lack of success. */
    SyncHistory pollFailed() {
        return reportedBy(audited, false);
    }

    private SyncHistory reportedBy(boolean audit, boolean poll) {
        return audit == audited && poll == polled
                ? this
                : new SyncHistory(
                        lastSuccess,
                        audit,
                        poll,
                        failingSince,
                        attempts,
                        lastAttempt,
                        previousAttempt,
                        announcedNext,
                        firstError,
                        lastError,
                        ref);
    }

    /** Kinds of sources that report successes. */
    List<String> reporters() {
        return Stream.of(audited ? "audit" : null, polled ? "agent-debug" : null)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether somebody reports successes, so that the lack of one means something. */
    boolean reported() {
        return audited || polled;
    }

    boolean failing() {
        return failingSince != null;
    }
}
