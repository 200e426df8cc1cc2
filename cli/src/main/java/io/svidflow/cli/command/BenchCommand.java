package io.svidflow.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.benchmark.Bench;
import io.svidflow.benchmark.BenchPlan;
import io.svidflow.benchmark.BenchReport;
import io.svidflow.benchmark.Latency;
import io.svidflow.benchmark.Throughput;
import io.svidflow.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what the detection costs, and how long a verdict takes. */
@Command(
        name = "bench",
        description = {
            "Measures what the detection costs and how long a verdict takes, on a broker in this process.",
            "The load is fixed: 1,000 nodes with 30 pods each, heartbeats, audit lines, churn, stuck pods."
        },
        mixinStandardHelpOptions = true,
        subcommands = {BenchLinesCommand.class, BenchProducersCommand.class})
public final class BenchCommand implements Callable<Integer> {

    @Option(
            names = "--backlog",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "event time to work off as fast as possible (default: ${DEFAULT-VALUE})")
    private int backlog;

    @Option(
            names = "--paced",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "real time to measure verdicts for, afterwards (default: ${DEFAULT-VALUE})")
    private int paced;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "seed of the load's random choices (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text for people, json for machines (default: ${DEFAULT-VALUE})")
    private ReplayCommand.Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        BenchPlan plan = plan();
        PrintWriter err = spec.commandLine().getErr();
        BenchReport report;
        try (Interrupts interrupts = Interrupts.ofThisThread()) {
            report = new Bench(Clock.systemUTC(), doing -> err.println("svidflow: " + doing)).run(plan);
        } catch (InterruptedException e) {
            err.println("svidflow: interrupted; nothing was measured and nothing is left behind");
            return ExitCode.FAILED;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == ReplayCommand.Format.JSON ? json(report) : report.toText());
        out.flush();
        return ExitCode.OK;
    }

    private BenchPlan plan() {
        try {
            return BenchPlan.standard(
                    Duration.ofSeconds(backlog),
                    Duration.ofSeconds(paced),
                    seed,
                    Runtime.getRuntime().availableProcessors());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static String json(BenchReport report) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode document = mapper.createObjectNode()
                .put("seed", report.seed())
                .put("cores", report.cores())
                .put("jdk", report.jdk())
                .put("nodes", report.nodes())
                .put("pods", report.pods())
                .put("partitions", report.partitions())
                .put("threads", report.threads())
                .put("backlogSeconds", report.backlogSeconds())
                .put("pacedSeconds", report.pacedSeconds())
                .put("ratio", report.ratio());
        put(document.putObject("passthrough"), report.passthrough());
        put(document.putObject("detection"), report.detection());
        put(document.putObject("latency"), report.latency());
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }

    private static void put(ObjectNode object, Throughput throughput) {
        object.put("facts", throughput.facts())
                .put("records", throughput.records())
                .put("seconds", throughput.seconds())
                .put("factsPerSecond", throughput.factsPerSecond())
                .put("recordsPerSecond", throughput.recordsPerSecond());
    }

    private static void put(ObjectNode object, Latency latency) {
        boolean measured = latency.findings() > 0;
        object.put("findings", latency.findings())
                .put("p50Millis", measured ? latency.p50Millis() : null)
                .put("p99Millis", measured ? latency.p99Millis() : null);
    }
}
