package io.svidflow.cli.report;

import io.svidflow.event.Finding;
import io.svidflow.event.Link;
import io.svidflow.event.Origin;

/** Names of the schemas in words that an operator uses. */
final class Words {

    private Words() {}

    /** What a link of the identity chain says when it holds. */
    static String link(Link link) {
        if (link == null) {
            return "not known";
        }
        return switch (link) {
            case NODE_READY -> "node is Ready";
            case AGENT_READY -> "SPIRE agent on the node is Ready";
            case AGENT_ATTESTED -> "agent is attested";
            case ENTRY_PRESENT -> "registration entry exists";
            case PARENT_LIVE -> "entry's parent is the node's live agent";
            case SYNCHRONISED -> "agent has synchronised the entry";
            case WORKLOAD_ATTESTED -> "workload is attested with matching selectors";
            case SVID_ISSUED -> "SVID is issued";
            case RENEWED -> "SVID is renewed in time";
            case SOCKET -> "pod reaches the agent's socket";
            case UNKNOWN -> "a link that this version does not know";
        };
    }

    /** The headline, with its kind where the remedy differs. */
    static String cause(Finding finding) {
        return finding.getVariant() == null ? finding.getCause() : finding.getCause() + " " + finding.getVariant();
    }

    static String pod(Finding finding) {
        return finding.getNamespace() + "/" + finding.getPod();
    }

    /** Where a fact can be looked up again. */
    static String place(Origin origin) {
        return switch (origin.getKind()) {
            case FILE ->
                origin.getLine() == null ? origin.getLocation() : origin.getLocation() + ":" + origin.getLine();
            case API ->
                origin.getResourceVersion() == null
                        ? origin.getLocation()
                        : origin.getLocation() + " at resourceVersion " + origin.getResourceVersion();
            case KAFKA ->
                origin.getLocation() + " partition " + origin.getPartition() + " offset " + origin.getOffset();
            case DERIVED -> "derived from " + origin.getLocation();
        };
    }

    static String percent(double confidence) {
        return Math.round(confidence * 100) + " %";
    }

    static String count(long n, String one, String many) {
        return n == 1 ? "1 " + one : n + " " + many;
    }
}
