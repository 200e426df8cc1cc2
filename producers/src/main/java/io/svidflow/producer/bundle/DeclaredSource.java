package io.svidflow.producer.bundle;

import io.svidflow.producer.coverage.Gap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code incident.yaml} says about one kind of source.
 *
 * @param members nodes or pods that it was collected from; empty if not stated: then the files tell
 * @param gaps when it was not collected, by node or pod; under the empty name for all of them
 */
public record DeclaredSource(Optional<List<String>> members, Map<String, List<Gap>> gaps) {

    public DeclaredSource {
        members = members.map(List::copyOf);
        gaps = Map.copyOf(gaps);
    }
}
