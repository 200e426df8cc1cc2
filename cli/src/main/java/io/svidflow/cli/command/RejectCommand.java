package io.svidflow.cli.command;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.operate.Desk;
import io.svidflow.cli.operate.Wish;
import io.svidflow.event.ControlKind;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rejects what svidflow suggested. */
@Command(
        name = "reject",
        description = "Rejects what svidflow suggested; it is not suggested again for this episode.",
        mixinStandardHelpOptions = true)
public final class RejectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Command id, as svidflow remediations lists it.")
    private String id;

    @Mixin
    private Wish wish;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Suggestions.decide(new Desk(config.installation()), id, wish.of(ControlKind.REJECT, Clock.systemUTC()));
        spec.commandLine()
                .getOut()
                .println(
                        "rejected by " + wish.operator() + "; what comes of it: svidflow remediations --explain " + id);
        return ExitCode.OK;
    }
}
