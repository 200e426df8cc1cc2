package io.svidflow.producer.podlog;

import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind.Members;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.live.Position;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Logs that an earlier process followed, of pods that went while nobody followed them. They are said to be gone: nobody
 * would hear of them again, and everybody would wait.
 */
final class Leftovers {

    private final List<PodLogRule> rules;

    Leftovers(List<PodLogRule> rules) {
        this.rules = rules;
    }

    /**
     * Releases those that are not there any more.
     *
     * @param there sources whose pods have been listed
     */
    void release(Set<Source> there, Instant at, Outlets outlets) throws InterruptedException {
        for (Source source : outlets.known()) {
            boolean left = source.kind().members() == Members.PODS
                    && !there.contains(source)
                    && outlets.stored(source)
                            .filter(last -> followedByRules(source, last))
                            .isPresent();
            if (left) {
                Outlet outlet = outlets.of(source);
                Instant last = outlet.resumeFrom().map(Position::until).orElse(at);
                if (last.isBefore(at)) {
                    outlet.gap(last, at, "the pod went while its log was not followed: its last lines may be missing");
                }
                outlets.release(source);
            }
        }
    }

    /** Other processes may follow the logs of other namespaces. */
    private boolean followedByRules(Source source, Position last) {
        return last.marks().keySet().stream()
                .filter(mark -> mark.startsWith(SourceFollower.MARK))
                .map(mark -> mark.substring(SourceFollower.MARK.length()))
                .anyMatch(container -> rules.stream()
                        .anyMatch(rule -> rule.kind() == source.kind()
                                && container.startsWith(rule.namespace() + "/")
                                && container.endsWith("/" + rule.container())));
    }
}
