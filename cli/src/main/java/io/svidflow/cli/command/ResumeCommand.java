package io.svidflow.cli.command;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.operate.Desk;
import io.svidflow.cli.operate.Wish;
import io.svidflow.event.ControlKind;
import io.svidflow.event.RemediationControl;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends pauses, and closes what waits for a person. */
@Command(
        name = "resume",
        description = "Ends pauses. What would have been done meanwhile is decided anew: nothing is made up for.",
        mixinStandardHelpOptions = true)
public final class ResumeCommand implements Callable<Integer> {

    @Option(names = "--pause", paramLabel = "ID", description = "Only this pause. Without: all.")
    private String pause;

    @Option(names = "--reset", description = "Also closes the breaker that opened after remedies in vain.")
    private boolean reset;

    @Option(
            names = "--confirm",
            paramLabel = "NODE",
            description =
                    "Also: you have looked into this node (or \"pods of NAMESPACE/OWNER\"), and it may be acted on again.")
    private String confirm;

    @Mixin
    private Wish wish;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        Desk desk = new Desk(config.installation());
        desk.send(wish.of(ControlKind.RESUME, clock).setSubject(pause).build());
        if (reset) {
            desk.send(wish.of(ControlKind.RESET, clock).build());
        }
        if (confirm != null) {
            RemediationControl confirmed =
                    wish.of(ControlKind.CONFIRM, clock).setSubject(confirm).build();
            desk.send(confirmed);
        }
        spec.commandLine().getOut().println("resumed by " + wish.operator());
        return ExitCode.OK;
    }
}
