package io.svidflow.unreported;

import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.SvidFetchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was looked at and not reported.
 *
 * @param items the reasons, ordered
 * @param inTime how long each unreported pod took from the start of its container to its identity, shortest first
 */
public record Explanation(List<Unreported> items, List<Duration> inTime) {

    public Explanation {
        items = items.stream().sorted(Unreported.ORDER).toList();
        inTime = inTime.stream().sorted().toList();
    }

    /**
     * Explains a run.
     *
     * @param start when the record begins: of what ran before nothing is said, unless it was refused
     * @param conclusions all that stage 1 concluded
     * @param facts what went in, whatever it is; refusals and noise are counted
     * @param findings what was reported
     * @param incidents what was reported
     */
    public static Explanation of(
            Instant start,
            Collection<PodIdentityEvent> conclusions,
            Iterable<?> facts,
            Collection<Finding> findings,
            Collection<Incident> incidents) {
        Reported reported = new Reported(findings, incidents);
        NamelessRefusals refusals = new NamelessRefusals();
        Noise noise = new Noise();
        for (Object fact : facts) {
            if (fact instanceof SvidFetchEvent event) {
                refusals.see(event);
            } else if (fact instanceof ServerEvent event) {
                noise.see(event);
            }
        }
        List<PodStory> stories = PodStory.of(conclusions).stream()
                .filter(story -> !story.olderThan(start) || story.refusals() > 0)
                .toList();
        List<Unreported> items = new ArrayList<>(noise.explain());
        stories.forEach(story -> QuietPods.explain(story, reported).ifPresent(items::add));
        byNode(conclusions).forEach((node, said) -> items.addAll(QuietAgents.explain(node, start, said, reported)));
        items.addAll(refusals.explain(stories, reported));
        return new Explanation(items, inTime(stories, start, reported));
    }

    private static Map<String, List<PodIdentityEvent>> byNode(Collection<PodIdentityEvent> conclusions) {
        Map<String, List<PodIdentityEvent>> nodes = new TreeMap<>();
        conclusions.stream()
                .filter(event -> event.getBody() instanceof NodeTransition)
                .sorted(Comparator.comparing(PodIdentityEvent::getAt).thenComparing(PodIdentityEvent::getSequence))
                .forEach(event -> nodes.computeIfAbsent(
                                ((NodeTransition) event.getBody()).getNode(), node -> new ArrayList<>())
                        .add(event));
        return nodes;
    }

    private static List<Duration> inTime(List<PodStory> stories, Instant start, Reported reported) {
        return stories.stream()
                .filter(story -> !reported.pod(story.pod().getPodUid()) && !story.olderThan(start))
                .flatMap(story -> story.inTime().stream())
                .toList();
    }
}
