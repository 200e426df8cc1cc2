package io.svidflow.producer.redaction;

/** What a name is the name of: the first part of what it is replaced by. A name that is two things is the first of them. */
enum NameKind {
    CLUSTER("cluster"),
    NODE("node"),
    NAMESPACE("ns"),
    POD("pod"),
    OWNER("owner"),
    RULE("rule"),
    ACCOUNT("account"),
    TRUST_DOMAIN("domain"),
    CONTAINER("container"),
    IMAGE("image"),
    HOST("host"),
    /** A part of a SPIFFE ID's path. */
    SEGMENT("part"),
    /** A label, a selector's value, an id that somebody chose. */
    VALUE("value");

    private final String prefix;

    NameKind(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }
}
