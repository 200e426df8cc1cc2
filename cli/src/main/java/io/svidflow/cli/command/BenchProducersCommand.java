package io.svidflow.cli.command;

import io.svidflow.benchmark.producers.ProducerBench;
import io.svidflow.benchmark.producers.ProducerReport;
import io.svidflow.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what it costs to watch a large cluster. */
@Command(
        name = "producers",
        description = {
            "Measures what it costs to watch a large cluster: an API server in this process serves generated pods.",
            "Prints how long the first listing takes, what is kept of a pod, and how fast facts reach a broker."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:source or broker failed", "2:wrong command line"})
public final class BenchProducersCommand implements Callable<Integer> {

    @Option(
            names = "--pods",
            paramLabel = "COUNT",
            defaultValue = "50000",
            description = "pods of the cluster (default: ${DEFAULT-VALUE})")
    private int pods;

    @Option(
            names = "--nodes",
            paramLabel = "COUNT",
            defaultValue = "5000",
            description = "nodes of the cluster (default: ${DEFAULT-VALUE})")
    private int nodes;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (pods < 1 || nodes < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--pods and --nodes must be positive, but are " + pods + " and " + nodes);
        }
        PrintWriter err = spec.commandLine().getErr();
        ProducerReport report;
        try {
            report = new ProducerBench(Clock.systemUTC(), doing -> err.println("svidflow: " + doing)).run(nodes, pods);
        } catch (IllegalStateException | IOException e) {
            err.println("svidflow: " + e.getMessage());
            return ExitCode.FAILED;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(report.toText());
        out.flush();
        return ExitCode.OK;
    }
}
