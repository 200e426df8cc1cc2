package io.svidflow.unreported;

import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.PodTransition;
import io.svidflow.unreported.PodStory.Chapter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Why a pod that was looked at is no finding. */
final class QuietPods {

    private QuietPods() {}

    /** Empty for a pod that is reported, and for one of which there is nothing to say: it had its identity unrefused. */
    static Optional<Unreported> explain(PodStory story, Reported reported) {
        if (reported.pod(story.pod().getPodUid())) {
            return Optional.empty();
        }
        Optional<Chapter> trouble = story.trouble();
        if (trouble.isPresent()) {
            return Optional.of(troubled(story, trouble.get()));
        }
        Optional<Chapter> identity = story.identity();
        if (identity.isPresent()) {
            return story.refusals() == 0 ? Optional.empty() : Optional.of(propagation(story, identity.get()));
        }
        return story.gone() ? gone(story) : undecided(story);
    }

    private static Unreported troubled(PodStory story, Chapter trouble) {
        Instant end = story.identity()
                .map(Chapter::at)
                .orElse(story.gone() ? story.last().at() : null);
        Instant since = trouble.pod().getSince();
        if ("refusal".equals(trouble.pod().getExpectedBy())) {
            return item(
                    story,
                    Reason.NOT_EXPECTED,
                    since,
                    end,
                    "refused " + times(story.refusals())
                            + "; no rule selects it, no entry names it, and no other pod of its owner has an identity");
        }
        return item(
                story,
                Reason.UNDECIDED,
                since,
                end,
                "link " + trouble.pod().getFirstMissing() + " was missing when its grace was over, and no finding was"
                        + " made of it");
    }

    private static Unreported propagation(PodStory story, Chapter identity) {
        Instant asked = identity.pod().getClocks().getAsk();
        Instant entry = identity.pod().getClocks().getEntry();
        Instant begin = asked == null ? story.waiting().from() : asked;
        boolean early = entry == null || begin.isBefore(entry);
        return item(
                story,
                Reason.PROPAGATION,
                begin,
                identity.at(),
                "refused " + times(story.refusals()) + " in " + Spell.words(begin, identity.at()) + " before its entry "
                        + (early ? "was written and reached the agent" : "reached the agent")
                        + ": normal propagation");
    }

    private static Optional<Unreported> gone(PodStory story) {
        PodTransition pod = story.pod();
        boolean wanted = pod.getExpectedBy() != null || story.refusals() > 0;
        if (!wanted) {
            return Optional.empty();
        }
        Instant started = pod.getClocks().getPod();
        String life = started == null
                ? "gone before a container of it ran"
                : "gone " + Spell.words(started, story.last().at()) + " after its container started";
        String asked = story.refusals() == 0 ? "" : ", refused " + times(story.refusals());
        boolean waited = story.lastStateAlive() == IdentityState.WAITING;
        return Optional.of(item(
                story,
                waited ? Reason.WORKLOAD_GONE : Reason.UNDECIDED,
                story.waiting().from(),
                story.last().at(),
                life + asked + (waited ? "" : "; nobody could see whether it had an identity")));
    }

    private static Optional<Unreported> undecided(PodStory story) {
        PodTransition pod = story.pod();
        if (pod.getExpectedBy() == null) {
            return Optional.empty();
        }
        String why;
        if (pod.getClocks().getPod() == null) {
            why = "no container of it was seen to run";
        } else if (pod.getState() == IdentityState.WAITING) {
            why = "it still waits when the record ends, within its graces";
        } else {
            why = "nobody can see whether it has its identity; proven so far: " + proven(pod.getProven());
        }
        return Optional.of(item(story, Reason.UNDECIDED, story.waiting().from(), null, why));
    }

    private static String proven(List<Link> links) {
        return links.isEmpty() ? "nothing" : links.get(links.size() - 1) + " and what comes before it";
    }

    private static Unreported item(PodStory story, Reason reason, Instant from, Instant to, String text) {
        return new Unreported(reason, story.name(), story.pod().getNode(), from, to, story.refusals(), text);
    }

    static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }
}
