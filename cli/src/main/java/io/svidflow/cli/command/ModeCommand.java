package io.svidflow.cli.command;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.ExitCode;
import io.svidflow.cli.operate.Desk;
import io.svidflow.cli.operate.Wish;
import io.svidflow.diagnosis.Causes;
import io.svidflow.event.ControlKind;
import io.svidflow.event.RemediationControl;
import io.svidflow.remediation.Ladder;
import io.svidflow.remediation.Mode;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how far svidflow may go. */
@Command(
        name = "mode",
        description = {
            "Says how far svidflow may go: observe (it does nothing), suggest (you approve), act (under all guards).",
            "The last word counts, before the settings of the installation. act needs a cause."
        },
        mixinStandardHelpOptions = true)
public final class ModeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODE", description = "observe, suggest or act.")
    private Mode mode;

    @Option(names = "--cause", paramLabel = "CAUSE", description = "Only for this cause. Without: for every cause.")
    private String cause;

    @Option(names = "--namespace", paramLabel = "NAME", description = "Only for pods of this namespace.")
    private String namespace;

    @Mixin
    private Wish wish;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (mode == Mode.ACT && cause == null) {
            throw new BadInput(
                    "--cause",
                    "is not given, and nobody may allow everything at once",
                    "name one of " + String.join(", ", Ladder.remediedCauses()));
        }
        if (cause != null
                && Causes.all().stream().noneMatch(known -> known.name().equals(cause))) {
            throw new BadInput("--cause", "is " + cause + ", which is no cause", "svidflow runbook lists them");
        }
        RemediationControl change = wish.of(ControlKind.SET_MODE, Clock.systemUTC())
                .setMode(mode.text())
                .setCause(cause)
                .setNamespace(namespace)
                .build();
        new Desk(config.installation()).send(change);
        spec.commandLine()
                .getOut()
                .println("mode " + mode.text() + " for " + (cause == null ? "every cause" : cause)
                        + (namespace == null ? "" : " in namespace " + namespace) + " of cluster " + wish.cluster());
        return ExitCode.OK;
    }
}
