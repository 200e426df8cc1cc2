package io.svidflow.identity;

import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.ProofGrade;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The identity chain: decides from a pod's and its node's records whether the pod has an identity, waits for one within
 * the graces, or is stuck at a link. Pure: the same records and the same instant give the same answer.
 */
public final class Chain {

    private static final Duration CONFIRMED = Duration.ofSeconds(60);

    /** The longest that an agent waits before it tries again, and its attempt: 4 min 24 s and 30 s. */
    private static final Duration BACK_OFF = Duration.ofSeconds(300);

    private final Graces graces;
    private final Links links;

    public Chain(Graces graces) {
        this.graces = graces;
        this.links = new Links(graces);
    }

    /**
     * What to conclude about the pod at {@code now}, and when to look again.
     *
     * @param neighbours the pods of the node, asked for only where one pod alone does not decide it
     */
    Standing evaluate(
            PodRecord pod, NodeRecord node, Coverage coverage, Instant now, Supplier<List<PodRecord>> neighbours) {
        Standing concluded = conclude(pod, node, coverage, now, neighbours);
        return concluded.expectedBy() == null ? concluded : concluded.asking(Asking.of(pod, node, coverage, now));
    }

    private Standing conclude(
            PodRecord pod, NodeRecord node, Coverage coverage, Instant now, Supplier<List<PodRecord>> neighbours) {
        Standing before = pod.standing();
        String expectedBy = expectedBy(pod, now);
        if (!pod.workload() || expectedBy == null) {
            return new Standing(IdentityState.NOT_EXPECTED, now, null, List.of(), null, null, null, before.revision());
        }
        boolean churning = pod.churn().goesOn(now);
        Optional<ProofGrade> proof = churning ? Optional.empty() : Proof.of(pod, node, now);
        if (proof.isPresent()) {
            return proven(pod, node, proof.get(), expectedBy, now);
        }
        if ((!pod.running() && !pod.askingUnstarted() && !pod.mountFailing(now)) || (unchanged(pod) && !churning)) {
            return before.troubled() ? before.checkedNext(null) : idle(pod, expectedBy, now);
        }
        boolean judged = !coverage.blind()
                && node.kubernetes() != null
                && node.kubernetes().ready();
        boolean signaturesShow = coverage.entries() && Links.issuanceVisible(node, coverage);
        return judged
                ? judge(
                        pod,
                        expectedBy,
                        signaturesShow,
                        now,
                        link -> links.status(link, pod, node, coverage, now, neighbours))
                : wait(pod, expectedBy, List.of(), null, now);
    }

    private Standing judge(
            PodRecord pod,
            String expectedBy,
            boolean signaturesShow,
            Instant now,
            Function<Link, LinkStatus> statusOf) {
        List<Link> proven = new ArrayList<>();
        for (Link link : Links.ORDER) {
            LinkStatus status = statusOf.apply(link);
            if (status instanceof LinkStatus.Holds) {
                proven.add(link);
            } else if (status instanceof LinkStatus.Missing missing) {
                Instant deadline = Times.latest(missing.deadline(), afterMending(pod, link, proven, now));
                return now.isBefore(deadline)
                        ? wait(pod, expectedBy, proven, deadline, now)
                        : stuck(pod, expectedBy, link, proven, now);
            }
        }
        return mended(pod, proven)
                ? unseen(pod, expectedBy, proven, signaturesShow ? BACK_OFF : graces.issued(), now)
                : wait(pod, expectedBy, proven, null, now);
    }

    /** Refusals from before an earlier link was mended say nothing of the signature. */
    private Instant afterMending(PodRecord pod, Link link, List<Link> proven, Instant now) {
        return link == Link.SVID_ISSUED && mended(pod, proven)
                ? pod.standing().mended(proven, now).mendedAt().plus(graces.issued())
                : null;
    }

    private static boolean mended(PodRecord pod, List<Link> proven) {
        return pod.standing().state() == IdentityState.STUCK
                && proven.contains(pod.standing().firstMissing());
    }

    /**
     * What was missing is there again, and nobody has seen whether the pod has obtained its identity since, be it that
     * nobody looks or that the one line was lost: said when it has had the time to.
     */
    private Standing unseen(PodRecord pod, String expectedBy, List<Link> proven, Duration patience, Instant now) {
        Standing mended = pod.standing().mended(proven, now);
        Instant due = mended.mendedAt().plus(patience);
        return now.isBefore(due)
                ? mended.checkedNext(due)
                : new Standing(
                        IdentityState.UNKNOWN,
                        now,
                        null,
                        proven,
                        null,
                        expectedBy,
                        now.plus(graces.recheck().multipliedBy(3)),
                        mended.revision());
    }

    private Standing stuck(PodRecord pod, String expectedBy, Link link, List<Link> proven, Instant now) {
        Standing before = pod.standing();
        Instant since = before.troubled() ? before.since() : lostAt(pod, now);
        return new Standing(
                IdentityState.STUCK,
                since,
                link,
                proven,
                null,
                expectedBy,
                now.plus(graces.recheck()),
                before.revision());
    }

    /** A pod whose entries come and go had an identity before. */
    private static Instant lostAt(PodRecord pod, Instant now) {
        return pod.churn().goesOn(now) ? pod.churn().recreations().get(0) : Links.start(pod);
    }

    /** Within its graces a pod waits; one that is stuck stays so until it is proven healthy. */
    private Standing wait(PodRecord pod, String expectedBy, List<Link> proven, Instant deadline, Instant now) {
        Standing before = pod.standing();
        if (before.troubled()) {
            Standing known = mended(pod, proven) ? before.mended(proven, now) : before;
            return known.checkedNext(Times.earliest(deadline, now.plus(graces.recheck())));
        }
        IdentityState state = deadline == null ? IdentityState.UNKNOWN : IdentityState.WAITING;
        Instant since = before.state() == state ? before.since() : now;
        // Facts about the node do not wake its pods: a pod that waits looks again now and then, for a ban, say.
        Instant next = deadline == null
                ? now.plus(graces.recheck().multipliedBy(3))
                : Times.earliest(deadline, now.plus(graces.recheck()));
        return new Standing(state, since, null, proven, null, expectedBy, next, before.revision());
    }

    private Standing idle(PodRecord pod, String expectedBy, Instant now) {
        Standing before = pod.standing();
        IdentityState state = pod.running() ? IdentityState.UNKNOWN : IdentityState.WAITING;
        Instant since = before.state() == state ? before.since() : now;
        return new Standing(state, since, null, List.of(), null, expectedBy, null, before.revision());
    }

    private Standing proven(PodRecord pod, NodeRecord node, ProofGrade grade, String expectedBy, Instant now) {
        Standing before = pod.standing();
        Instant renewal = renewalDeadline(pod, node, now);
        if (renewal != null && !now.isBefore(renewal) && pod.running()) {
            Instant since = before.state() == IdentityState.RENEWAL_FAILING ? before.since() : now;
            return new Standing(
                    IdentityState.RENEWAL_FAILING,
                    since,
                    Link.RENEWED,
                    Links.ORDER,
                    grade,
                    expectedBy,
                    now.plus(graces.recheck()),
                    before.revision());
        }
        boolean recovers = before.troubled() || before.state() == IdentityState.RECOVERED;
        IdentityState state = recovers ? IdentityState.RECOVERED : IdentityState.HEALTHY;
        Instant since = before.state() == state ? before.since() : now;
        Instant next = Times.earliest(renewal, confirmation(pod, node, grade, now));
        return new Standing(state, since, null, Links.ORDER, grade, expectedBy, next, before.revision());
    }

    /**
     * A signature does not prove that the pod was attested, and an attestor that hangs says so only when its request times
     * out: a pod that has just been signed for is looked at again.
     */
    private Instant confirmation(PodRecord pod, NodeRecord node, ProofGrade grade, Instant now) {
        Instant signed = grade == ProofGrade.ISSUED ? Proof.signedAt(pod, node, now) : null;
        boolean fresh = signed != null && now.isBefore(signed.plus(CONFIRMED));
        return fresh ? now.plus(graces.recheck().multipliedBy(2)) : null;
    }

    /**
     * An agent renews at half of the lifetime. One that has not done so after five sixths will hardly make it: null where
     * the lifetime is not known or a renewal is under way.
     */
    private static Instant renewalDeadline(PodRecord pod, NodeRecord node, Instant now) {
        Instant last = null;
        for (KnownEntry entry : pod.entries().values()) {
            if (entry.issuedAt() == null || entry.expiresAt() == null) {
                continue;
            }
            boolean renewing = entry.issuing() != null
                    && entry.issuing().isAfter(entry.issuedAt().plusSeconds(10))
                    && !node.signing().refuted(entry.issuing(), now);
            Duration lifetime = Duration.between(entry.issuedAt(), entry.expiresAt());
            Instant deadline = entry.issuedAt().plus(lifetime.multipliedBy(5).dividedBy(6));
            last = renewing ? last : Times.latest(last, deadline);
        }
        return last;
    }

    /** Pods that ran before anybody watched are silent until something about them changes. */
    private static boolean unchanged(PodRecord pod) {
        return pod.pod().beforeCoverage()
                && pod.pod().selectedSince() == null
                && pod.fetches().firstRefusal() == null;
    }

    private static String expectedBy(PodRecord pod, Instant now) {
        if (!pod.entries().isEmpty()) {
            return "entry";
        }
        if (pod.pod() != null && !pod.pod().rules().isEmpty()) {
            return "rule";
        }
        if (pod.mountFailing(now)) {
            return "volume";
        }
        return pod.fetches().refusals() > 0 ? "refusal" : null;
    }
}
