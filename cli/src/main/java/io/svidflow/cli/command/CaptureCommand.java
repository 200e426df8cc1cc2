package io.svidflow.cli.command;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.ExitCode;
import io.svidflow.cli.capture.FactTopics;
import io.svidflow.cli.capture.LiveCapture;
import io.svidflow.cli.capture.MappingFile;
import io.svidflow.cli.capture.NewFolder;
import io.svidflow.cli.run.Applications;
import io.svidflow.cli.run.Installation;
import io.svidflow.producer.capture.Capture;
import io.svidflow.producer.capture.Capturing;
import io.svidflow.producer.capture.Stretch;
import io.svidflow.producer.redaction.Redaction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what the topics hold about a stretch of time as a bundle that replays like the live run. */
@Command(
        name = "capture",
        description = {
            "Writes the facts that the topics hold about a stretch of time, or with --live what is observed from now on,"
                    + " into a folder that svidflow replay reads.",
            "The replay finds what the live run found. Begin a few minutes before the fault: what was already broken at"
                    + " the beginning is not seen to break. Settings as for svidflow run."
        },
        mixinStandardHelpOptions = true)
public final class CaptureCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER", description = "Where to write; must not exist yet, or be empty.")
    private Path folder;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = Instants.class,
            description =
                    "First time of observation, e.g. 2025-02-06T00:20:00Z (default: as far back as the topics go).")
    private Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "Last time of observation (default: now).")
    private Instant to;

    @Option(
            names = "--last",
            paramLabel = "TIME",
            converter = Lengths.class,
            description = "The last of it, e.g. 30m or 2h, instead of --from.")
    private Duration last;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "Which cluster, where the topics speak of more than one.")
    private String cluster;

    @Option(
            names = "--live",
            description =
                    "Observe with the sources of the configuration, from now on and for the time of --for. A broker in"
                            + " this process is all it needs: what the configuration says of Kafka does not count here.")
    private boolean live;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Lengths.class,
            description = "How long to observe, e.g. 10m; with --live.")
    private Duration length;

    @Option(
            names = "--redact",
            description = "Replace the names of nodes, namespaces, pods, services, SPIFFE IDs, hosts and addresses."
                    + " Equal names get equal pseudonyms; the replay gives the same verdicts.")
    private boolean redact;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description =
                    "Where to keep who is behind the pseudonyms (default: FOLDER.mapping.yaml, beside the folder)."
                            + " An existing one is continued: the same names get the same pseudonyms again. Never send it along.")
    private Path mapping;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        requireOneWay();
        NewFolder target = new NewFolder(folder);
        Installation installation = live ? null : config.installation();
        Stretch stretch = stretch();
        target.requireFree();
        MappingFile names = redact ? MappingFile.open(mappingFile()) : null;
        if (live) {
            return observe(target, names);
        }
        write(read(installation, stretch), target, names);
        return ExitCode.OK;
    }

    private void requireOneWay() {
        boolean ofTheTopics = from != null || to != null || last != null || cluster != null;
        if (live && ofTheTopics) {
            throw new BadInput(
                    "--live",
                    "is given together with --from, --to, --last or --cluster, which choose from the topics",
                    "leave them out, or --live");
        }
        if (live && length == null) {
            throw new BadInput("--live", "is given without an end", "add --for, e.g. --for 10m");
        }
        if (!live && length != null) {
            throw new BadInput("--for", "is given without --live", "add it, or choose by --last");
        }
    }

    private int observe(NewFolder target, MappingFile names) {
        PrintWriter err = spec.commandLine().getErr();
        try (Interrupts ignored = Interrupts.ofThisThread();
                LiveCapture observed = new LiveCapture(Clock.systemUTC(), err)) {
            write(observed.observe(config.file(), System.getenv(), length), target, names);
            if (names == null && observed.writeRaw(target.path())) {
                err.println("objects and logs as they were observed are in "
                        + target.path().resolve("raw") + ", for svidflow doctor; the replay reads the facts");
            }
            return ExitCode.OK;
        } catch (IllegalStateException e) {
            throw new BadInput("capture", e.getMessage(), "nothing was written");
        } catch (InterruptedException e) {
            err.println("stopped before the end; nothing was written");
            return ExitCode.FAILED;
        }
    }

    private void write(Capture capture, NewFolder target, MappingFile names) {
        Capture written = names == null ? capture : redacted(capture, names);
        target.write(written);
        tell(written);
    }

    private Capture redacted(Capture capture, MappingFile names) {
        Redaction redaction = new Redaction(names.key());
        Capture redacted = redaction.redact(capture);
        try {
            names.write(redaction.mapping());
            return redacted;
        } catch (IOException e) {
            throw new BadInput(mappingFile().toString(), "cannot be written: " + e.getMessage(), "name another file");
        }
    }

    private Stretch stretch() {
        if (from != null && last != null) {
            throw new BadInput("--from", "is given together with --last", "leave one of them out");
        }
        Instant end = to == null ? Instant.MAX : to;
        Instant begin = from == null ? Instant.MIN : from;
        if (last != null) {
            begin = (to == null ? Clock.systemUTC().instant() : to).minus(last);
        }
        if (!begin.isBefore(end)) {
            throw new BadInput("--to", "lies before the beginning, " + begin, "exchange or correct them");
        }
        return new Stretch(begin, end);
    }

    private Path mappingFile() {
        if (mapping != null
                && mapping.toAbsolutePath()
                        .normalize()
                        .startsWith(folder.toAbsolutePath().normalize())) {
            throw new BadInput(
                    "--mapping", "lies in the folder that may be sent away", "name a file outside of " + folder);
        }
        return mapping != null
                ? mapping
                : folder.toAbsolutePath().normalize().resolveSibling(folder.getFileName() + ".mapping.yaml");
    }

    private Capture read(Installation installation, Stretch stretch) throws InterruptedException {
        Capturing capturing = new Capturing(stretch, Optional.ofNullable(cluster));
        PrintWriter err = spec.commandLine().getErr();
        try (FactTopics topics = new FactTopics(installation.settings(), new Applications(installation).serdes())) {
            long[] told = {0};
            topics.read(capturing, read -> {
                if (read - told[0] >= 1_000_000) {
                    told[0] = read;
                    err.println("read " + read + " records ...");
                }
            });
            if (topics.unreadable() > 0) {
                err.println(topics.unreadable() + " records of the topics are no facts and were left out");
            }
            return capturing.finish();
        } catch (IllegalStateException e) {
            throw new BadInput("capture", e.getMessage(), "nothing was written");
        }
    }

    private void tell(Capture capture) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("captured " + capture.facts().size() + " records of cluster "
                + capture.manifest().cluster() + " from " + capture.manifest().start() + " to "
                + capture.manifest().end() + " into " + folder);
        if (redact) {
            err.println("who is behind the pseudonyms: " + mappingFile() + " (keep it; never send it along)");
            err.println("look through it before you send the folder: svidflow facts " + folder);
        } else {
            err.println("it holds names of nodes, pods and services; --redact leaves them out");
        }
    }
}
