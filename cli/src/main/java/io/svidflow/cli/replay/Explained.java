package io.svidflow.cli.replay;

import io.svidflow.cli.report.Verdict;
import io.svidflow.unreported.Explanation;
import io.svidflow.unreported.PodStory;
import java.util.List;

/**
 * A verdict, and what it does not report.
 *
 * @param verdict what was found
 * @param explanation what was looked at and is no finding
 * @param stories what was concluded of each pod
 */
public record Explained(Verdict verdict, Explanation explanation, List<PodStory> stories) {

    public Explained {
        stories = List.copyOf(stories);
    }
}
