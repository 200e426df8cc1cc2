package io.svidflow.cli.command;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.ExitCode;
import io.svidflow.cli.evaluate.Bundles;
import io.svidflow.cli.evaluate.Combination;
import io.svidflow.cli.evaluate.Disturbance;
import io.svidflow.cli.evaluate.Evaluation;
import io.svidflow.cli.evaluate.EvaluationJson;
import io.svidflow.cli.evaluate.EvaluationText;
import io.svidflow.cli.evaluate.Evaluator;
import io.svidflow.cli.evaluate.Matrix;
import io.svidflow.producer.bundle.BundlePart;
import io.svidflow.producer.bundle.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Replays many bundles and counts how often the verdict is right. */
@Command(
        name = "evaluate",
        description = {
            "Replays every incident bundle at or below the given folders, compares the verdicts with",
            "expected.yaml and counts: per cause how often the headline was right, the false alarms, and the",
            "time from the fault to the verdict. Bundles can be disturbed, or robbed of sources, to see what",
            "is left of the verdict."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every expected.yaml is met; with --without, --delay or --drop-log-lines: no other cause is named with a"
                    + " confidence of 0.5 or more, and no pod is reported that must stay silent",
            "1:something is wrong, or a bundle is broken; the end of the output says what",
            "2:wrong command line or bad input"
        },
        mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {

    /** How the counts are written. */
    enum Format {
        TEXT,
        JSON,
        MARKDOWN
    }

    @Parameters(paramLabel = "FOLDER", arity = "1..*", description = "Folders with bundles, or bundles.")
    private List<Path> folders;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text for people, json for machines, markdown for a page (default: ${DEFAULT-VALUE})")
    private Format format;

    @Option(
            names = "--without",
            paramLabel = "SOURCES",
            split = ",",
            converter = Parts.class,
            description = "Sources that are left out as if they had never been collected: kubernetes, spire-server,"
                    + " agents, agent-debug, agent-log, server-log, controller-manager-log, audit, debug, agent-info"
                    + " (what agents do not log at level ERROR).")
    private Set<BundlePart> without = EnumSet.noneOf(BundlePart.class);

    @Option(names = "--shuffle", description = "Facts overtake each other.")
    private boolean shuffle;

    @Option(names = "--duplicate", description = "Some facts come twice, some much later once more.")
    private boolean duplicate;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = Time.class,
            description = "Each source publishes later, by up to this much, e.g. 30s.")
    private Duration delay;

    @Option(
            names = "--drop-log-lines",
            paramLabel = "SHARE",
            defaultValue = "0",
            converter = Share.class,
            description = "This share of the log lines is lost, e.g. 5%%.")
    private double drop;

    @Option(
            names = "--weak-evidence",
            paramLabel = "FILE",
            description = "Leave out sources in several combinations; write to FILE which cause can still be told, and"
                    + " print it as a table.")
    private Path weakEvidence;

    @Option(names = "--seed", paramLabel = "N", description = "Disturb in the same way as another run did.")
    private Long seed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        List<Path> bundles = Bundles.below(folders);
        if (weakEvidence != null) {
            return weakEvidence(bundles);
        }
        Evaluation evaluation = evaluator(bundles.size(), err).evaluate(bundles);
        boolean complete = without.isEmpty() && delay.isZero() && drop == 0;
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (format) {
                    case TEXT -> EvaluationText.plain().render(evaluation, complete);
                    case MARKDOWN -> EvaluationText.markdown().render(evaluation, complete);
                    case JSON -> new EvaluationJson().render(evaluation, complete);
                });
        out.flush();
        return evaluation.faults(complete).isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private int weakEvidence(List<Path> bundles) {
        PrintWriter out = spec.commandLine().getOut();
        Map<Combination, Evaluation> evaluations = new EnumMap<>(Combination.class);
        List<String> faults = new ArrayList<>();
        for (Combination combination : Combination.values()) {
            Evaluation evaluation = new Evaluator(
                            combination.selection(), Disturbance.NONE, bundle -> {}, Clock.systemUTC())
                    .evaluate(bundles);
            evaluations.put(combination, evaluation);
            spec.commandLine().getErr().println(combination.title() + ": done");
            evaluation
                    .faults(combination == Combination.EVERYTHING)
                    .forEach(fault -> faults.add(combination.title() + ": " + fault));
        }
        Matrix matrix = Matrix.of(evaluations);
        try {
            Files.writeString(weakEvidence, matrix.yaml());
        } catch (IOException e) {
            throw new BadInput(weakEvidence.toString(), "cannot be written: " + e.getMessage(), "name another file");
        }
        out.print(matrix.markdown());
        faults.forEach(fault -> out.println("- " + fault));
        out.flush();
        return faults.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private Evaluator evaluator(int bundles, PrintWriter err) {
        Clock clock = Clock.systemUTC();
        long chosen = seed == null ? clock.millis() : seed;
        if (shuffle || duplicate || !delay.isZero() || drop > 0) {
            err.println("--seed " + chosen + " repeats this run");
        }
        AtomicInteger done = new AtomicInteger();
        return new Evaluator(
                new Selection(without, drop, chosen),
                disturbance(chosen),
                bundle -> err.println("[" + done.incrementAndGet() + "/" + bundles + "] " + bundle),
                clock);
    }

    private Disturbance disturbance(long chosen) {
        try {
            return new Disturbance(shuffle, duplicate, delay, chosen);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--delay", e.getMessage(), "see svidflow evaluate --help");
        }
    }

    /** A time like 30s or 2m. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            try {
                return Duration.parse("PT" + value.strip());
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("\"" + value + "\" is no time; write it like 30s or 2m");
            }
        }
    }

    /** A share like 5% or 0.05. */
    static final class Share implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            try {
                double share = value.endsWith("%")
                        ? Double.parseDouble(value.substring(0, value.length() - 1)) / 100
                        : Double.parseDouble(value);
                if (share >= 0 && share < 1) {
                    return share;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new TypeConversionException("\"" + value + "\" is no share; write it like 5%");
        }
    }
}
