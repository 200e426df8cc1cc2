package io.svidflow.incident;

import io.svidflow.diagnosis.Cause;
import io.svidflow.diagnosis.Causes;
import io.svidflow.diagnosis.ClusterView;
import io.svidflow.diagnosis.Outage;
import io.svidflow.diagnosis.Replicas;
import io.svidflow.event.Finding;
import io.svidflow.event.NodeTransition;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Which fault a finding belongs to. Findings of one fault make one incident. */
final class Faults {

    static final String DATASTORE = "datastore";
    static final String SERVER = "server";
    static final String REGISTRAR = "registrar";

    private static final String AGENT = "agent/";
    private static final String COVERAGE = "coverage/";
    private static final String MUTE = "mute/";
    private static final String REPLICA = "replica/";
    private static final String NODE = "node/";
    private static final String SYNC = "sync/";
    private static final String CLUSTER = "cluster/";
    /** The server's CA: what {@link #everywhere} says of its cause. */
    static final String CA = CLUSTER + "SERVER_CA_FAULT";

    private static final String OWNER = "owner/";

    /** Groupings whose fault may lie at one replica of the server. */
    private static final Set<Cause.Grouping> OF_THE_SERVER =
            Set.of(Cause.Grouping.DATASTORE, Cause.Grouping.SERVER, Cause.Grouping.OUTAGE_BEHIND);

    private Faults() {}

    /** The key of the fault behind a finding. */
    static String of(Finding finding, ClusterView cluster, Instant now) {
        String node = finding.getNode();
        Cause.Grouping grouping = Causes.named(finding.getCause()).grouping();
        if (OF_THE_SERVER.contains(grouping)) {
            Optional<String> replica =
                    Replicas.atFault(cluster).filter(bad -> Replicas.serves(bad, cluster.node(node)));
            if (replica.isPresent()) {
                return replica(replica.get());
            }
        }
        return switch (grouping) {
            case DATASTORE -> DATASTORE;
            case SERVER -> ofOneNode(finding, cluster, now) ? SERVER + "/" + node : SERVER;
            case REGISTRAR -> REGISTRAR;
            case OUTAGE_BEHIND -> behindBackoff(cluster, node, now);
            case CLUSTER -> CLUSTER + finding.getCause();
            case NODE -> NODE + finding.getCause() + "/" + node;
            case AGENT -> agent(node);
            case OWNER -> OWNER + finding.getCause() + "/" + finding.getFirstMissing() + "/" + subject(finding);
        };
    }

    /** The key of what is wrong with a node's agent. */
    static String agent(String node) {
        return AGENT + node;
    }

    /** The node whose agent the fault concerns; null: it concerns something else. */
    static String agentOf(String fault) {
        return fault.startsWith(AGENT) ? fault.substring(AGENT.length()) : null;
    }

    /** The key of one replica of the server that is at fault alone. */
    static String replica(String pod) {
        return REPLICA + pod;
    }

    /** The server pod that the fault is one of; null: it is another fault. */
    static String replicaOf(String fault) {
        return fault.startsWith(REPLICA) ? fault.substring(REPLICA.length()) : null;
    }

    /** The key of a source that is silent. */
    static String coverage(String source) {
        return COVERAGE + source;
    }

    /** The key of an agent's log that is read and tells nothing. */
    static String mute(String node) {
        return MUTE + node;
    }

    /** The node whose agent's log tells nothing; null: it is another fault. */
    static String muteOf(String fault) {
        return fault.startsWith(MUTE) ? fault.substring(MUTE.length()) : null;
    }

    /** The source that is silent; null: it is another fault. */
    static String sourceOf(String fault) {
        return fault.startsWith(COVERAGE) ? fault.substring(COVERAGE.length()) : null;
    }

    /** The key of a cause that shows on so many nodes that it is not one of theirs. */
    static String everywhere(String cause) {
        return CLUSTER + cause;
    }

    /** Whether the fault is one of a node or its agent, which may turn out to be one of all nodes. */
    static boolean concernsANode(String fault) {
        return fault.startsWith(NODE) || fault.startsWith(AGENT);
    }

    /** The node that cannot synchronise with the server, as far as known for reasons of its own; null: another fault. */
    static String cutOffNodeOf(String fault) {
        if (fault.startsWith(SYNC)) {
            return fault.substring(SYNC.length());
        }
        return fault.startsWith(SERVER + "/") ? fault.substring(SERVER.length() + 1) : null;
    }

    static boolean concernsAnOwner(String fault) {
        return fault.startsWith(OWNER);
    }

    static boolean concernsEverybody(String fault) {
        return fault.equals(DATASTORE) || fault.equals(SERVER) || fault.equals(REGISTRAR) || fault.startsWith(CLUSTER);
    }

    private static boolean ofOneNode(Finding finding, ClusterView cluster, Instant now) {
        boolean lasts = cluster.serverOutage(now).filter(Outage::lasts).isPresent();
        return !lasts && !"ALL".equals(finding.getVariant());
    }

    /** The outage that an agent backs off from is the fault; the back-off only its last link. */
    private static String behindBackoff(ClusterView cluster, String nodeName, Instant now) {
        NodeTransition node = cluster.node(nodeName);
        Instant since = node == null ? null : node.getSyncFailingSince();
        if (since != null && began(cluster.server().datastoreOutage(now), since)) {
            return DATASTORE;
        }
        if (since != null && began(cluster.serverOutage(now), since)) {
            return SERVER;
        }
        return SYNC + nodeName;
    }

    private static boolean began(Optional<Outage> outage, Instant failingSince) {
        return outage.filter(o -> o.explains(failingSince)).isPresent();
    }

    /** Whether the node has been failing since an outage began. */
    static boolean suffersFrom(NodeTransition node, Outage outage) {
        return node.getSyncFailingSince() != null && began(Optional.of(outage), node.getSyncFailingSince());
    }

    private static String subject(Finding finding) {
        return finding.getNamespace() + "/" + (finding.getOwner() == null ? finding.getPod() : finding.getOwner());
    }
}
