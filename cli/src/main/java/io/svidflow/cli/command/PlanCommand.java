package io.svidflow.cli.command;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.replay.Verdicts;
import io.svidflow.cli.report.JsonReport;
import io.svidflow.cli.report.Palette;
import io.svidflow.cli.report.PlanReport;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what remediation would have done in a past incident. */
@Command(
        name = "plan",
        description = {
            "Replays an incident bundle as if svidflow had been allowed to act on everything that it can act on, and",
            "shows rung by rung what it would have done, when, and which guards kept it from doing so earlier.",
            "Nothing can be reached from here, and nothing is done."
        },
        mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BUNDLE", description = "A folder, .zip or .tar.gz with raw/, or a single SPIRE log.")
    private Path bundle;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text for people, json for machines (default: ${DEFAULT-VALUE})")
    private ReplayCommand.Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        IncidentBundle incident = new BundleReader().read(bundle);
        Conclusions plan = Verdicts.rehearse(incident);
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == ReplayCommand.Format.JSON ? json(incident, plan) : text(incident, plan));
        out.flush();
        return ExitCode.OK;
    }

    private static String json(IncidentBundle incident, Conclusions plan) {
        return new JsonReport().render(Verdicts.of(incident, plan));
    }

    private static String text(IncidentBundle incident, Conclusions plan) {
        return new PlanReport(Palette.of(Ansi.AUTO.enabled(), System.getenv()))
                .render(
                        incident.manifest().start(),
                        plan.findings(),
                        plan.commands(),
                        plan.refusals(),
                        plan.remediations());
    }
}
