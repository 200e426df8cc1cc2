package io.svidflow.producer.redaction;

import java.util.HashMap;
import java.util.Map;

/**
 * What becomes of a text in a fact. Each text of each kind of fact has a rule; a test says which is missing.
 *
 * @param treatment what is done
 * @param kind what it names, where it is a name
 */
record FieldRule(Treatment treatment, NameKind kind) {

    /** What is done with a text. */
    enum Treatment {
        /** Stays: it says what happened, not to whom. */
        KEEP,
        /** A name as a whole. */
        NAME,
        /** A SPIFFE ID, or the path of one. */
        SPIFFE_ID,
        /** {@code type:value}. */
        SELECTOR,
        /** A source, or a stream {@code source@topic}. */
        SOURCE,
        /** Object that is spoken of: {@code namespace/name}, a SPIFFE ID, an address. */
        SUBJECT,
        /** Anything in which names may occur. */
        TEXT,
        /** A hash of names. */
        ID,
        /** Goes: nobody can say what is in it. */
        DROP
    }

    private static final Map<String, FieldRule> RULES = rules();

    /** The rule of a field, e.g. of {@code PodObserved.name}; what nobody thought of is a text in which names occur. */
    static FieldRule of(String record, String field) {
        return RULES.getOrDefault(record + "." + field, new FieldRule(Treatment.TEXT, NameKind.VALUE));
    }

    static boolean known(String record, String field) {
        return RULES.containsKey(record + "." + field);
    }

    private static Map<String, FieldRule> rules() {
        Map<String, FieldRule> rules = new HashMap<>();
        all(rules, Treatment.KEEP, "Origin.resourceVersion", "Heartbeat.topic", "SourceFailure.operation");
        all(rules, Treatment.KEEP, "NodeObserved.uid", "NodeObserved.bootId");
        all(
                rules,
                Treatment.KEEP,
                "PodObserved.uid",
                "PodObserved.phase",
                "PodObserved.ownerKind",
                "PodObserved.template");
        all(rules, Treatment.KEEP, "ContainerState.reason", "ContainerState.lastReason");
        all(rules, Treatment.KEEP, "PodWarning.podUid", "PodWarning.reason");
        all(
                rules,
                Treatment.KEEP,
                "EntryObserved.podUid",
                "AgentListed.serial",
                "AgentListed.nodeUid",
                "AgentListed.podUid",
                "AgentListed.version");
        all(
                rules,
                Treatment.KEEP,
                "AgentSignal.version",
                "SvidSignal.podUid",
                "SvidSignal.method",
                "ServerSignal.method",
                "AuthorityObserved.authorityId");
        all(rules, Treatment.ID, "EventHeader.id", "DeadLetter.id");
        all(rules, Treatment.SOURCE, "EventHeader.source", "DeadLetter.source", "Heartbeat.expected");
        all(rules, Treatment.SPIFFE_ID, "EntryObserved.spiffeId", "EntryObserved.parentId", "AgentListed.agentId");
        all(rules, Treatment.SPIFFE_ID, "AgentStatus.agentId", "AgentSignal.agentId", "SvidSignal.spiffeId");
        all(rules, Treatment.SELECTOR, "PodObserved.selectors", "EntryObserved.selectors", "SvidSignal.selectors");
        all(rules, Treatment.SUBJECT, "ServerSignal.subject", "ServerSignal.caller");
        all(rules, Treatment.TEXT, "Origin.location", "PodWarning.message", "AgentSignal.error", "SvidSignal.error");
        all(rules, Treatment.TEXT, "ServerSignal.error", "SourceFailure.error", "DeadLetter.reason");
        all(rules, Treatment.TEXT, "ServerMetrics.endpoint");
        all(rules, Treatment.DROP, "DeadLetter.raw");
        names(rules, NameKind.CLUSTER, "EventHeader.cluster", "DeadLetter.cluster");
        names(rules, NameKind.NODE, "EventHeader.node", "NodeObserved.name");
        names(rules, NameKind.NAMESPACE, "PodObserved.namespace", "PodWarning.namespace");
        names(rules, NameKind.POD, "PodObserved.name", "PodWarning.name", "ServerSignal.pod");
        names(rules, NameKind.OWNER, "PodObserved.ownerName");
        names(rules, NameKind.RULE, "Selection.rule");
        names(rules, NameKind.CONTAINER, "ContainerState.name");
        names(rules, NameKind.VALUE, "EntryObserved.entryId", "SvidSignal.entryId");
        return Map.copyOf(rules);
    }

    private static void all(Map<String, FieldRule> rules, Treatment treatment, String... fields) {
        for (String field : fields) {
            rules.put(field, new FieldRule(treatment, NameKind.VALUE));
        }
    }

    private static void names(Map<String, FieldRule> rules, NameKind kind, String... fields) {
        for (String field : fields) {
            rules.put(field, new FieldRule(Treatment.NAME, kind));
        }
    }
}
