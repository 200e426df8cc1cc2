package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server does not answer its agents: it is down, or the network between them is. */
public final class ServerUnreachable implements Cause {

    @Override
    public String name() {
        return "SERVER_UNREACHABLE";
    }

    @Override
    public Layer layer() {
        return Layer.SERVER;
    }

    @Override
    public Grouping grouping() {
        return Grouping.SERVER;
    }

    @Override
    public Assessment assess(Case question) {
        if (question.missingAnyOf(Link.WORKLOAD_ATTESTED)) {
            return ruledOut("the entry reached the agent: the fault lies behind the server");
        }
        NodeTransition node = question.node();
        Optional<String> replica =
                Replicas.atFault(question.cluster()).filter(bad -> Replicas.serves(bad, question.node()));
        if (replica.isPresent() && Unreachable.fails(node) && !question.missingAnyOf(Link.ENTRY_PRESENT)) {
            return likely(
                            0.9,
                            fact(
                                    AgentErrors.since(node),
                                    null,
                                    Replicas.story(replica.get(), question.cluster()) + "; last error: " + error(node)))
                    .ofKind("REPLICA");
        }
        Optional<Outage> outage = question.serverOutage();
        if (outage.filter(Outage::lasts).isPresent()) {
            return likely(
                            hangsUnexplained(question) ? Diagnosis.DOUBTFUL : 0.9,
                            fact(
                                    outage.get().start(),
                                    null,
                                    "the server does not answer: " + words(question.cluster(), question.now())))
                    .ofKind(byName(question) ? "DNS" : "ALL");
        }
        if (outage.isPresent() && question.missingAnyOf(Link.ENTRY_PRESENT, Link.AGENT_ATTESTED, Link.AGENT_READY)) {
            boolean owed = question.missingAnyOf(Link.ENTRY_PRESENT);
            return likely(owed ? 0.85 : 0.6, fact(outage.get().end(), null, "the server has only just come back"))
                    .ofKind("ALL");
        }
        if (node != null
                && Unreachable.fails(node)
                && question.cutOff()
                && !question.missingAnyOf(Link.ENTRY_PRESENT)) {
            return likely(
                            0.75,
                            fact(
                                    node.getLastSyncAttempt() == null
                                            ? node.getNodeAttestFailingSince()
                                            : node.getLastSyncAttempt(),
                                    null,
                                    "only the agent of " + node.getNode() + " cannot reach the server: " + error(node)))
                    .ofKind(ErrorText.nameUnresolved(error(node)) ? "DNS" : "NODE");
        }
        return question.server().datastore().lastAnswer() == null
                ? silent()
                : ruledOut("the server answered at "
                        + question.server().datastore().lastAnswer());
    }

    /** Calls that hang may do so behind the server as well, which its own log would say. */
    private static boolean hangsUnexplained(Case question) {
        return question.server().containerStopped() == null
                && question.notCollected().contains("server-log")
                && errors(question.cluster()).allMatch(ErrorText::hangs);
    }

    /** What shows that the server does not answer. */
    public static String words(ClusterView cluster, Instant now) {
        if (cluster.server().containerStopped() != null) {
            return "its container does not run";
        }
        Unanswered polls = cluster.server().polls();
        String unanswered = polls.lasting() ? polls.polls() + " polls of its API got no answer" : "";
        Optional<String> error = errors(cluster).findFirst();
        if (error.isEmpty()) {
            return Stream.concat(Stream.of(unanswered), SilentServer.witnesses(cluster, now).stream())
                    .filter(words -> !words.isEmpty())
                    .collect(Collectors.joining(", "));
        }
        return cluster.failingNodes() + " agents fail" + (unanswered.isEmpty() ? "" : ", ") + unanswered
                + ", last error: " + error.get();
    }

    /** The agents do not find the server's address. */
    private static boolean byName(Case question) {
        return question.server().containerStopped() == null
                && errors(question.cluster()).findAny().isPresent()
                && errors(question.cluster()).allMatch(ErrorText::nameUnresolved);
    }

    private static Stream<String> errors(ClusterView cluster) {
        return cluster.nodes().stream().filter(Unreachable::fails).map(ServerUnreachable::error);
    }

    private static String error(NodeTransition node) {
        return node.getLastSyncError() == null ? node.getLastNodeAttestError() : node.getLastSyncError();
    }
}
