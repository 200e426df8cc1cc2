package io.svidflow.cli.command;

import io.svidflow.benchmark.lines.LineBench;
import io.svidflow.benchmark.lines.LinesReport;
import io.svidflow.cli.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads generated and damaged log lines: none may throw, none may be lost. */
@Command(
        name = "lines",
        description = {
            "Reads log lines of every known message in every known form, whole and damaged, and bytes that are no log.",
            "None may throw, take longer than a second or be lost; prints the speed for each form."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every line is accounted for",
            "1:a line threw, took too long or was lost",
            "2:wrong command line"
        })
public final class BenchLinesCommand implements Callable<Integer> {

    @Option(
            names = "--count",
            paramLabel = "LINES",
            defaultValue = "10000000",
            description = "lines to read (default: ${DEFAULT-VALUE})")
    private long count;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "seed of the random choices (default: ${DEFAULT-VALUE})")
    private long seed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (count < 1) {
            throw new ParameterException(spec.commandLine(), "--count must be positive, but is " + count);
        }
        PrintWriter err = spec.commandLine().getErr();
        LinesReport report;
        try {
            report = new LineBench(seed, doing -> err.println("svidflow: " + doing)).run(count);
        } catch (IllegalStateException e) {
            err.println("svidflow: a line " + e.getMessage());
            return ExitCode.FAILED;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(report.toText());
        out.flush();
        return report.addsUp() ? ExitCode.OK : ExitCode.FAILED;
    }
}
