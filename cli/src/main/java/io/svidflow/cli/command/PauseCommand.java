package io.svidflow.cli.command;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.operate.Desk;
import io.svidflow.cli.operate.Wish;
import io.svidflow.event.ControlKind;
import io.svidflow.event.RemediationControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps anything new from being carried out. */
@Command(
        name = "pause",
        description =
                "Keeps svidflow from carrying out anything new; what is under way is followed to its end. Detection goes on.",
        mixinStandardHelpOptions = true)
public final class PauseCommand implements Callable<Integer> {

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Lengths.class,
            description = "Ends by itself, e.g. 30m or 4h. Without: until resume.")
    private Duration length;

    @Option(names = "--cause", paramLabel = "CAUSE", description = "Only for this cause.")
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
        Clock clock = Clock.systemUTC();
        Instant end = length == null ? null : clock.instant().plus(length).truncatedTo(ChronoUnit.MICROS);
        RemediationControl pause = wish.of(ControlKind.PAUSE, clock)
                .setExpiresAt(end)
                .setCause(cause)
                .setNamespace(namespace)
                .build();
        new Desk(config.installation()).send(pause);
        spec.commandLine()
                .getOut()
                .println("paused by " + wish.operator()
                        + (pause.getExpiresAt() == null ? " until svidflow resume" : " until " + pause.getExpiresAt())
                        + "; pause " + pause.getId());
        return ExitCode.OK;
    }
}
