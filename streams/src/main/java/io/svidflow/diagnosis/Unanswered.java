package io.svidflow.diagnosis;

import java.time.Instant;

/**
 * Polls of the server's API that got no answer since it last gave one. Alone they may mean that only the collector is cut
 * off; beside an agent that fails they mean the server.
 *
 * @param since first of them; null: none
 * @param last latest of them
 */
public record Unanswered(Instant since, Instant last, int polls) {

    /** A single poll that times out is a hiccup. */
    private static final int ENOUGH = 3;

    static final Unanswered NONE = new Unanswered(null, null, 0);

    Unanswered failed(Instant at) {
        return new Unanswered(since == null ? at : since, last == null || at.isAfter(last) ? at : last, polls + 1);
    }

    /** What is left of them after an answer; null: there was none. */
    Unanswered until(Instant answer) {
        return last != null && answer != null && answer.isAfter(last) ? NONE : this;
    }

    /** Whether they are more than a hiccup. */
    public boolean lasting() {
        return polls >= ENOUGH;
    }
}
