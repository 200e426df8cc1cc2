package io.svidflow.producer.coverage;

import io.svidflow.producer.coverage.SourceKind.Members;
import io.svidflow.topic.Topic;
import java.util.Comparator;
import java.util.Optional;

/**
 * Somebody who observes.
 *
 * @param kind what is observed
 * @param member node or pod that the source belongs to; empty for the one source of its kind
 */
public record Source(SourceKind kind, String member) implements Comparable<Source> {

    private static final Comparator<Source> ORDER = Comparator.comparing(Source::name);

    public Source {
        if (member.isEmpty() != (kind.members() == Members.NONE)) {
            throw new IllegalArgumentException(
                    kind.label() + " belongs to " + kind.members() + ", but its member is \"" + member + "\"");
        }
    }

    /** The one source of a kind. */
    public static Source of(SourceKind kind) {
        return new Source(kind, "");
    }

    /** The source of that name, empty if there is no such kind or the member does not fit it. */
    public static Optional<Source> named(String name) {
        int slash = name.indexOf('/');
        String member = slash < 0 ? "" : name.substring(slash + 1);
        return SourceKind.of(slash < 0 ? name : name.substring(0, slash))
                .filter(kind -> member.isEmpty() == (kind.members() == Members.NONE))
                .map(kind -> new Source(kind, member));
    }

    /** Name of the source as events carry it, e.g. {@code agent-log/node-1}. */
    public String name() {
        return member.isEmpty() ? kind.label() : kind.label() + "/" + member;
    }

    /** Name of the stream of facts that the source writes to a topic. */
    public String stream(Topic<?> topic) {
        return name() + "@" + topic.name();
    }

    @Override
    public int compareTo(Source other) {
        return ORDER.compare(this, other);
    }
}
