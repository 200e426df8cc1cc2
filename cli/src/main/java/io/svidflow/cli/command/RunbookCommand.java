package io.svidflow.cli.command;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.ExitCode;
import io.svidflow.cli.runbook.Runbook;
import io.svidflow.cli.runbook.RunbookPage;
import io.svidflow.diagnosis.Cause;
import io.svidflow.diagnosis.Causes;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the runbook's page of a cause, for somebody who has the program and not the repository. */
@Command(
        name = "runbook",
        description =
                "Prints what to know of a cause: how to see it, what is safe, what is harmful, how it was decided.",
        mixinStandardHelpOptions = true)
public final class RunbookCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "CAUSE",
            arity = "0..1",
            description =
                    "A cause as reports name it, e.g. AGENT_SYNC_BACKOFF. Without one: all causes in one line each.")
    private String cause;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Runbook runbook = new Runbook();
        if (cause == null) {
            Causes.all().stream()
                    .map(Cause::name)
                    .map(runbook::on)
                    .forEach(page -> out.println(page.cause() + ": " + page.meaning()));
        } else {
            out.print(page(runbook).text());
        }
        out.flush();
        return ExitCode.OK;
    }

    private RunbookPage page(Runbook runbook) {
        return runbook.page(cause.toUpperCase(Locale.ROOT))
                .orElseThrow(() -> new BadInput(
                        "svidflow runbook",
                        "there is no page " + cause,
                        "name one of " + Causes.all().stream().map(Cause::name).collect(Collectors.joining(", "))));
    }
}
