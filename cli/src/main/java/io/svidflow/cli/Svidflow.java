package io.svidflow.cli;

import io.svidflow.cli.command.ApproveCommand;
import io.svidflow.cli.command.BenchCommand;
import io.svidflow.cli.command.BudgetCommand;
import io.svidflow.cli.command.CaptureCommand;
import io.svidflow.cli.command.ConfigCommand;
import io.svidflow.cli.command.DemoCommand;
import io.svidflow.cli.command.DoctorCommand;
import io.svidflow.cli.command.EvaluateCommand;
import io.svidflow.cli.command.ExplainCommand;
import io.svidflow.cli.command.FactsCommand;
import io.svidflow.cli.command.ModeCommand;
import io.svidflow.cli.command.PauseCommand;
import io.svidflow.cli.command.PlanCommand;
import io.svidflow.cli.command.RejectCommand;
import io.svidflow.cli.command.RemediationsCommand;
import io.svidflow.cli.command.ReplayCommand;
import io.svidflow.cli.command.ReplayToKafkaCommand;
import io.svidflow.cli.command.ResumeCommand;
import io.svidflow.cli.command.RunCommand;
import io.svidflow.cli.command.RunbookCommand;
import io.svidflow.cli.command.TopicsCommand;
import io.svidflow.cli.command.WatchCommand;
import io.svidflow.producer.bundle.BundleProblem;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code svidflow}. Its verbs are subcommands in {@code io.svidflow.cli.command}. */
@Command(
        name = "svidflow",
        description = "Names, for each Kubernetes pod without a SPIFFE identity, the first broken link of the chain.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            DemoCommand.class,
            ReplayCommand.class,
            ExplainCommand.class,
            RunbookCommand.class,
            EvaluateCommand.class,
            WatchCommand.class,
            RunCommand.class,
            ConfigCommand.class,
            TopicsCommand.class,
            ReplayToKafkaCommand.class,
            CaptureCommand.class,
            FactsCommand.class,
            DoctorCommand.class,
            BenchCommand.class,
            PlanCommand.class,
            RemediationsCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            ModeCommand.class,
            BudgetCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeOnInvalidInput = ExitCode.BAD_INPUT,
        exitCodeOnExecutionException = ExitCode.FAILED,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; expected.yaml, where there is one, is met",
            "1:the result is not what was expected, or the run failed",
            "2:wrong command line or bad input; the message names file, line and remedy"
        },
        footer = {
            "",
            "The answer is written to stdout, progress and messages to stderr.",
            "SVIDFLOW_LOG_LEVEL=INFO (or DEBUG) shows more of what happens inside."
        })
public final class Svidflow implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Runs a command line and ends the process with its {@link ExitCode}. */
    public static void main(String[] args) {
        System.exit(
                commandLine().setOut(utf8(System.out)).setErr(utf8(System.err)).execute(args));
    }

    /** The same bytes on every machine, whatever its locale. */
    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** The whole command line, ready to be executed; exceptions become messages and exit codes. */
    public static CommandLine commandLine() {
        return new CommandLine(new Svidflow())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is missing");
    }

    private static int report(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (failure instanceof BadInput || failure instanceof BundleProblem) {
            err.println("svidflow: " + failure.getMessage());
            return ExitCode.BAD_INPUT;
        }
        if (failure instanceof KafkaException) {
            String cause =
                    failure.getCause() == null ? "" : ": " + failure.getCause().getMessage();
            err.println("svidflow: Kafka or the registry: " + failure.getMessage() + cause
                    + "; svidflow run producers --check tries both");
            return ExitCode.FAILED;
        }
        err.println("svidflow: this run failed by a fault of the program, not of its input:");
        failure.printStackTrace(err);
        return ExitCode.FAILED;
    }
}
