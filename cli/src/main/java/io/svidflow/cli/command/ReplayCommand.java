package io.svidflow.cli.command;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.ExitCode;
import io.svidflow.cli.expect.ExpectationCheck;
import io.svidflow.cli.expect.ExpectationReader;
import io.svidflow.cli.replay.Explained;
import io.svidflow.cli.replay.Verdicts;
import io.svidflow.cli.report.JsonReport;
import io.svidflow.cli.report.Palette;
import io.svidflow.cli.report.TextReport;
import io.svidflow.cli.report.Verdict;
import io.svidflow.producer.bundle.BundlePart;
import io.svidflow.producer.bundle.BundleProblem;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import io.svidflow.producer.bundle.ReadReport;
import io.svidflow.producer.bundle.Selection;
import io.svidflow.unreported.Explanation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays a recorded incident through the production topologies and says what was wrong. */
@Command(
        name = "replay",
        description = {
            "Replays an incident bundle through the production topologies, in event time: no broker, no clock, no"
                    + " network,",
            "no way to act. The same bundle gives the same bytes every time."
        },
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

    /** How the verdict is written. */
    enum Format {
        TEXT,
        JSON
    }

    @Parameters(paramLabel = "BUNDLE", description = "A folder, .zip or .tar.gz with raw/, or a single SPIRE log.")
    private Path bundle;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text for people, json for machines (default: ${DEFAULT-VALUE})")
    private Format format;

    @Option(
            names = "--explain",
            description = "also tell what was looked at and not reported, with the reason: refusals on the way to an"
                    + " identity, pods that nobody registered, agents that recovered, noise")
    private boolean explain;

    @Option(
            names = "--without",
            paramLabel = "SOURCES",
            split = ",",
            converter = Parts.class,
            description = "Sources that are left out as if they had never been collected: kubernetes, spire-server,"
                    + " agents, agent-debug, agent-log, server-log, controller-manager-log, audit, debug, agent-info"
                    + " (what agents do not log at level ERROR).")
    private Set<BundlePart> without = EnumSet.noneOf(BundlePart.class);

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        IncidentBundle incident = read();
        Explained explained = explain ? Verdicts.explain(incident) : null;
        Verdict verdict = explained == null ? Verdicts.replay(incident) : explained.verdict();
        Explanation explanation = explained == null ? null : explained.explanation();
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == Format.JSON ? new JsonReport().render(verdict, explanation) : text(verdict, explanation));
        out.flush();
        tellOfLines(incident.report());
        return check(incident, verdict);
    }

    private IncidentBundle read() {
        try {
            return new BundleReader(Selection.without(without)).read(bundle);
        } catch (BundleProblem problem) {
            throw new BadInput(problem);
        }
    }

    private static String text(Verdict verdict, Explanation explanation) {
        return new TextReport(Palette.of(Ansi.AUTO.enabled(), System.getenv())).render(verdict, explanation);
    }

    /** Lines that could not be used are named, so that somebody can mend them. */
    private void tellOfLines(ReadReport report) {
        PrintWriter err = spec.commandLine().getErr();
        tell(err, "dead letter", report.deadLettered());
        tell(err, "unknown line", report.unknown());
        List<String> notUsed = report.notUsed().stream()
                .filter(file -> file.startsWith("raw/"))
                .toList();
        if (!notUsed.isEmpty()) {
            err.println("not read by this version: " + String.join(", ", notUsed));
        }
    }

    private static void tell(PrintWriter err, String what, ReadReport.Lines lines) {
        lines.samples().forEach(sample -> err.println(what + ": " + sample));
        if (lines.count() > lines.samples().size()) {
            err.println(what + ": " + (lines.count() - lines.samples().size()) + " more");
        }
    }

    private int check(IncidentBundle incident, Verdict verdict) {
        if (incident.expectedYaml().isEmpty()) {
            return ExitCode.OK;
        }
        List<String> differences = new ExpectationCheck(new ExpectationReader()
                        .read("expected.yaml", incident.expectedYaml().get()))
                .differences(verdict);
        PrintWriter err = spec.commandLine().getErr();
        err.println(differences.isEmpty() ? "expected.yaml is met" : "expected.yaml is not met:");
        differences.forEach(difference -> err.println("  " + difference));
        return differences.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
}
