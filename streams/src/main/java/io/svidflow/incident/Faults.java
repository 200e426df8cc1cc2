package io.svidflow.incident;

import io.svidflow.diagnosis.Causes;
import io.svidflow.diagnosis.ClusterView;
import io.svidflow.diagnosis.Outage;
import io.svidflow.event.Finding;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.Scope;
import java.time.Instant;
import java.util.Optional;

/** Which fault a finding belongs to. Findings of one fault make one incident. */
final class Faults {

    static final String DATASTORE = "datastore";
    static final String SERVER = "server";
    static final String REGISTRAR = "registrar";

    private static final String AGENT = "agent/";
    private static final String CLUSTER = "cluster/";
    private static final String OWNER = "owner/";

    private Faults() {}

    /** The key of the fault behind a finding. */
    static String of(Finding finding, ClusterView cluster, Instant now) {
        String node = finding.getNode();
        return switch (Causes.named(finding.getCause()).grouping()) {
            case DATASTORE -> DATASTORE;
            case SERVER -> ofOneNode(finding, cluster, now) ? SERVER + "/" + node : SERVER;
            case REGISTRAR -> REGISTRAR;
            case OUTAGE_BEHIND -> behindBackoff(cluster, node, now);
            case CLUSTER -> CLUSTER + finding.getCause();
            case NODE -> "node/" + finding.getCause() + "/" + node;
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
        return "sync/" + nodeName;
    }

    private static boolean began(Optional<Outage> outage, Instant failingSince) {
        return outage.filter(o -> o.explains(failingSince)).isPresent();
    }

    /** Whether the node has been failing since an outage began. */
    static boolean suffersFrom(NodeTransition node, Outage outage) {
        return node.getSyncFailingSince() != null && began(Optional.of(outage), node.getSyncFailingSince());
    }

    static Scope scope(String fault) {
        boolean everybody = fault.equals(DATASTORE) || fault.equals(SERVER) || fault.equals(REGISTRAR);
        if (everybody || fault.startsWith(CLUSTER)) {
            return Scope.CLUSTER;
        }
        return fault.startsWith(OWNER) ? Scope.POD : Scope.NODE;
    }

    private static String subject(Finding finding) {
        return finding.getNamespace() + "/" + (finding.getOwner() == null ? finding.getPod() : finding.getOwner());
    }
}
