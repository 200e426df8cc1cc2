package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The agent's dealings with the server, as the server's replicas tell of them, and as they fall silent.
 *
 * @param replica server pod whose log last told that it served the agent; null: none did
 * @param servedAt when
 * @param silentSince since when an agent that synchronised in rhythm has not, and says nothing of a failure; null: it does
 * @param unservedSince the same, but it may say of a failure what nobody hears; null: it is served, as far as known
 * @param nextCheck when its silence is to be looked for next; null: nobody would notice it
 */
public record ServerContact(
        String replica, Instant servedAt, Instant silentSince, Instant unservedSince, Instant nextCheck) {

    static final ServerContact NONE = new ServerContact(null, null, null, null, null);

    /** An agent synchronises every 5 s, and an attempt fails after 30 s at the latest: a dozen were missed. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final String SERVER_LOG = "server-log/";

    /** Without it an agent that hangs looks like one that fails and backs off. */
    private static final String AGENT_LOG = "agent-log";

    /** A replica's log tells that it served the agent; another source tells nothing of it. */
    ServerContact served(String source, Instant at) {
        return source.startsWith(SERVER_LOG) && Times.reached(at, servedAt)
                ? new ServerContact(source.substring(SERVER_LOG.length()), at, silentSince, unservedSince, nextCheck)
                : this;
    }

    /**
     * Judges the silence of an agent. It means something only where somebody reports its successes, and has been heard of
     * all the time; while somebody is not, what was judged before stands.
     */
    static NodeRecord judged(NodeRecord node, Coverage coverage, Instant now) {
        ServerContact contact = node.contact();
        if (!node.sync().reported() || node.sync().lastSuccess() == null) {
            ServerContact unwatched = contact.noted(null, null, null);
            return unwatched.equals(contact) ? node : node.with(unwatched);
        }
        Instant heard = Times.latest(Times.latest(node.sync().lastSuccess(), coverage.unbrokenSince()), back(node));
        boolean unserved = expected(node) && !now.isBefore(heard.plus(SILENCE));
        Instant since = unserved ? node.sync().lastSuccess() : null;
        if (coverage.blind() && expected(node)) {
            since = Times.reached(node.sync().lastSuccess(), contact.unservedSince) ? null : contact.unservedSince;
        }
        Instant silent = coverage.sources().contains(AGENT_LOG) ? since : null;
        Instant due = contact.nextCheck == null || !now.isBefore(contact.nextCheck)
                ? Times.latest(heard.plus(SILENCE), now.plus(SILENCE.dividedBy(6)))
                : contact.nextCheck;
        ServerContact judged = contact.noted(silent, since, due);
        return judged.equals(contact) ? node : node.with(judged);
    }

    /** When it was last put into a position to synchronise. */
    private static Instant back(NodeRecord node) {
        return Stream.of(
                        node.process().startedAt(),
                        node.agent().attestedAt(),
                        node.clock().resumedAt(),
                        node.agentPod() == null ? null : node.agentPod().startedAt(),
                        node.kubernetes() == null ? null : node.kubernetes().recoveredAt())
                .reduce(null, Times::latest);
    }

    private ServerContact noted(Instant silent, Instant unserved, Instant due) {
        return new ServerContact(replica, servedAt, silent, unserved, due);
    }

    /** Whether its agent ought to synchronise: it runs, and says nothing to the contrary. */
    private static boolean expected(NodeRecord node) {
        AgentPod pod = node.agentPod();
        return !node.sync().failing()
                && node.agent().bannedAt() == null
                && node.agent().evictedAt() == null
                && node.agent().failingSince() == null
                && !(node.process().downAt() != null
                        && Times.reached(node.process().downAt(), node.process().aliveAt()))
                && (node.kubernetes() == null || node.kubernetes().ready())
                && (pod == null || (pod.running() && !pod.gone()));
    }
}
