package io.svidflow.unreported;

import io.svidflow.event.IdentityState;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.PodTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All that stage 1 concluded of one pod, in the order of time.
 *
 * @param chapters its transitions, at least one
 */
public record PodStory(List<Chapter> chapters) {

    /** One conclusion and the event time at which it was reached. */
    public record Chapter(Instant at, PodTransition pod) {}

    public PodStory {
        chapters = List.copyOf(chapters);
        if (chapters.isEmpty()) {
            throw new IllegalArgumentException("a story has at least one chapter");
        }
    }

    /** The stories in what stage 1 concluded, by the pods' first appearance. */
    public static List<PodStory> of(Collection<PodIdentityEvent> conclusions) {
        Map<String, List<Chapter>> chapters = new LinkedHashMap<>();
        conclusions.stream()
                .filter(event -> event.getBody() instanceof PodTransition)
                .sorted(Comparator.comparing(PodIdentityEvent::getAt).thenComparing(PodIdentityEvent::getSequence))
                .forEach(event -> {
                    PodTransition pod = (PodTransition) event.getBody();
                    chapters.computeIfAbsent(pod.getPodUid(), uid -> new ArrayList<>())
                            .add(new Chapter(event.getAt(), pod));
                });
        return chapters.values().stream().map(PodStory::new).toList();
    }

    /** The pod's latest description. */
    public PodTransition pod() {
        return last().pod();
    }

    /** Namespace and name. */
    public String name() {
        return pod().getNamespace() + "/" + pod().getPod();
    }

    /** The last conclusion. */
    public Chapter last() {
        return chapters.get(chapters.size() - 1);
    }

    /** When the pod was first known to have an identity. */
    public Optional<Chapter> identity() {
        return first(chapter -> state(chapter, IdentityState.HEALTHY) || state(chapter, IdentityState.RECOVERED));
    }

    /** Whether its container already ran at that time. */
    boolean olderThan(Instant start) {
        return waiting().from().isBefore(start);
    }

    /** The state in which it was when it went; its present state if it has not gone. */
    IdentityState lastStateAlive() {
        return chapters.stream()
                .map(chapter -> chapter.pod().getState())
                .filter(state -> state != IdentityState.GONE)
                .reduce((earlier, later) -> later)
                .orElse(IdentityState.UNKNOWN);
    }

    /** How long it took from the start of its container to its identity; empty if it has none, or came late. */
    public Optional<Duration> inTime() {
        return trouble().isPresent()
                ? Optional.empty()
                : identity()
                        .map(Chapter::at)
                        .map(at -> Duration.between(waiting().from(), at));
    }

    /** When a link was first found missing. */
    Optional<Chapter> trouble() {
        return first(chapter -> state(chapter, IdentityState.STUCK) || state(chapter, IdentityState.RENEWAL_FAILING));
    }

    /** Refused requests that are known to be the pod's. */
    int refusals() {
        return chapters.stream()
                .mapToInt(chapter -> chapter.pod().getRefusals())
                .max()
                .orElse(0);
    }

    /** From the start of its container, or from when it was first seen, to its identity or its end; open: it waits. */
    Spell waiting() {
        Instant start = chapters.stream()
                .map(chapter -> chapter.pod().getClocks().getPod())
                .filter(at -> at != null)
                .findFirst()
                .orElse(chapters.get(0).at());
        return new Spell(start, identity().map(Chapter::at).orElse(gone() ? last().at() : null));
    }

    boolean gone() {
        return state(last(), IdentityState.GONE);
    }

    private Optional<Chapter> first(Predicate<Chapter> wanted) {
        return chapters.stream().filter(wanted).findFirst();
    }

    private static boolean state(Chapter chapter, IdentityState state) {
        return chapter.pod().getState() == state;
    }
}
