package io.svidflow.cli.command;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.ExitCode;
import io.svidflow.cli.replay.Explained;
import io.svidflow.cli.replay.Verdicts;
import io.svidflow.cli.report.Palette;
import io.svidflow.cli.report.PodReport;
import io.svidflow.producer.bundle.BundleProblem;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.unreported.PodStory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells the whole story of one pod of a recorded incident. */
@Command(
        name = "explain",
        description = {
            "Tells the whole story of one pod of an incident bundle, whether or not it is a finding: its four clocks,",
            "each link as it was proven or missing, refusals, proof, and why it was reported or not."
        },
        mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {

    /** As many names as help somebody who mistyped one. */
    private static final int NAMES = 12;

    @Parameters(index = "0", paramLabel = "NAMESPACE/POD", description = "The pod, e.g. shop/cart-7d9f8b-x2x4q.")
    private String pod;

    @Parameters(index = "1", paramLabel = "BUNDLE", description = "A folder, .zip or .tar.gz with raw/.")
    private Path bundle;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Explained explained = replay();
        List<PodStory> told = explained.stories().stream()
                .filter(story -> story.name().equals(pod))
                .toList();
        if (told.isEmpty()) {
            throw nobody(explained.stories());
        }
        PrintWriter out = spec.commandLine().getOut();
        Palette palette = Palette.of(Ansi.AUTO.enabled(), System.getenv());
        out.print(new PodReport(palette).render(told, explained.verdict(), explained.explanation()));
        out.flush();
        return ExitCode.OK;
    }

    private Explained replay() {
        try {
            return Verdicts.explain(new BundleReader().read(bundle));
        } catch (BundleProblem problem) {
            throw new BadInput(problem);
        }
    }

    private BadInput nobody(List<PodStory> stories) {
        String names = stories.stream()
                .map(PodStory::name)
                .distinct()
                .sorted()
                .limit(NAMES)
                .collect(Collectors.joining(", "));
        return new BadInput(
                "svidflow explain",
                "nothing is known of a pod " + pod + " in " + bundle,
                names.isEmpty()
                        ? "no pod of the bundle changed its state"
                        : "pods that changed their state are, among others: " + names);
    }
}
