package io.svidflow.cli.command;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.ExitCode;
import io.svidflow.cli.operate.Desk;
import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.report.Palette;
import io.svidflow.cli.report.RemediationsReport;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationRefusal;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what remediation did and did not do, and explains one case. */
@Command(
        name = "remediations",
        description = {
            "Lists what svidflow did, what it refused to do and what operators told it: cause, guards, effect, proof and",
            "time saved. Reads Kafka; settings as for svidflow run."
        },
        mixinStandardHelpOptions = true)
public final class RemediationsCommand implements Callable<Integer> {

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Lengths.class,
            defaultValue = "24h",
            description = "How far back (default: ${DEFAULT-VALUE}).")
    private Duration since;

    @Option(
            names = "--explain",
            paramLabel = "ID",
            description = "Everything about one case: the id of a command, a refusal or a finding.")
    private String id;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Instant from = Clock.systemUTC().instant().minus(since);
        List<RemediationControl> wishes = new ArrayList<>();
        Conclusions all = new Desk(config.installation()).read(wishes::add);
        RemediationsReport report = new RemediationsReport(Palette.of(Ansi.AUTO.enabled(), System.getenv()));
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                id == null
                        ? report.list(all.remediations(), all.refusals(), wishes, from)
                        : explain(report, all, wishes));
        out.flush();
        return ExitCode.OK;
    }

    private String explain(RemediationsReport report, Conclusions all, List<RemediationControl> wishes) {
        Optional<String> finding = Stream.concat(
                        all.remediations().stream()
                                .filter(r -> id.equals(r.getCommandId()) || id.equals(r.getFindingId()))
                                .map(Remediation::getFindingId),
                        all.refusals().stream()
                                .filter(r -> id.equals(r.getId()) || id.equals(r.getFindingId()))
                                .map(RemediationRefusal::getFindingId))
                .filter(Objects::nonNull)
                .findFirst();
        if (finding.isEmpty()) {
            throw new BadInput("--explain", "nothing is known of " + id, "svidflow remediations lists the ids");
        }
        List<Remediation> ofCase = all.remediations().stream()
                .filter(r -> finding.get().equals(r.getFindingId()))
                .toList();
        List<String> commands = ofCase.stream().map(Remediation::getCommandId).toList();
        return report.explain(
                ofCase,
                all.refusals().stream()
                        .filter(r -> finding.get().equals(r.getFindingId()))
                        .toList(),
                wishes.stream()
                        .filter(wish -> wish.getCommandId() != null && commands.contains(wish.getCommandId()))
                        .toList());
    }
}
