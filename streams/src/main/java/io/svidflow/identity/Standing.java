package io.svidflow.identity;

import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.ProofGrade;
import io.svidflow.event.RequestHabit;
import java.time.Instant;
import java.util.List;

/**
 * What was last concluded about a pod.
 *
 * @param since since when the state holds; for a stuck pod, since when it has been without identity
 * @param firstMissing first missing link of the chain, for a stuck pod
 * @param nextCheck when to look again; null: when a fact arrives
 * @param revision transitions emitted so far
 * @param requests whether the pod itself asks
 * @param mendedAt since when a link that was missing is there again, and nobody has seen an identity; null: it is missing
 */
public record Standing(
        IdentityState state,
        Instant since,
        Link firstMissing,
        List<Link> proven,
        ProofGrade proof,
        String expectedBy,
        Instant nextCheck,
        int revision,
        RequestHabit requests,
        Instant mendedAt) {

    static final Standing START = new Standing(IdentityState.UNKNOWN, null, null, List.of(), null, null, null, 0);

    public Standing {
        proven = List.copyOf(proven);
        requests = requests == null ? RequestHabit.UNSEEN : requests;
    }

    Standing(
            IdentityState state,
            Instant since,
            Link firstMissing,
            List<Link> proven,
            ProofGrade proof,
            String expectedBy,
            Instant nextCheck,
            int revision) {
        this(state, since, firstMissing, proven, proof, expectedBy, nextCheck, revision, RequestHabit.UNSEEN, null);
    }

    Standing asking(Asking asking) {
        return new Standing(
                state,
                since,
                firstMissing,
                proven,
                proof,
                expectedBy,
                Times.earliest(nextCheck, asking.lookAgain()),
                revision,
                asking.habit(),
                mendedAt);
    }

    /** The pod was to be seen asking, and was not. */
    boolean silent() {
        return requests == RequestHabit.SILENT || requests == RequestHabit.CEASED;
    }

    Standing checkedNext(Instant at) {
        return new Standing(state, since, firstMissing, proven, proof, expectedBy, at, revision, requests, mendedAt);
    }

    /** The link that was missing is among those that hold now. */
    Standing mended(List<Link> links, Instant now) {
        Instant at = mendedAt == null ? now : mendedAt;
        return new Standing(state, since, firstMissing, links, proof, expectedBy, nextCheck, revision, requests, at);
    }

    Standing emitted() {
        return new Standing(
                state, since, firstMissing, proven, proof, expectedBy, nextCheck, revision + 1, requests, mendedAt);
    }

    boolean troubled() {
        return state == IdentityState.STUCK || state == IdentityState.RENEWAL_FAILING;
    }

    /** Whether somebody downstream must be told of the difference. That nothing is expected of a pod is no news. */
    boolean tellsMoreThan(Standing before) {
        boolean noNews = state == IdentityState.NOT_EXPECTED && before.state == IdentityState.UNKNOWN;
        boolean served = state == IdentityState.HEALTHY || state == IdentityState.RECOVERED;
        boolean asksOtherwise = requests != before.requests
                && (silent() || before.silent() || (served && requests != RequestHabit.UNSEEN));
        return (state != before.state && !noNews)
                || asksOtherwise
                || (troubled() && (firstMissing != before.firstMissing || !proven.equals(before.proven)));
    }
}
