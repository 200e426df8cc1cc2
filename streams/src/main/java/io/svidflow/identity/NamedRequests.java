package io.svidflow.identity;

import java.time.Instant;

/**
 * Requests on a node of which the agent's log names the pod, as it does at debug level: only where it does, a request that
 * is not seen was not made.
 *
 * @param since first one since the agent started
 */
record NamedRequests(Instant since, Instant last) {

    static final NamedRequests NONE = new NamedRequests(null, null);

    NamedRequests seen(Instant at, Instant agentStarted) {
        boolean anew = since == null || (agentStarted != null && since.isBefore(agentStarted));
        return new NamedRequests(anew ? at : Times.earliest(since, at), Times.latest(last, at));
    }
}
