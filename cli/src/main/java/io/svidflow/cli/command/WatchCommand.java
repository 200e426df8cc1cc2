package io.svidflow.cli.command;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.ExitCode;
import io.svidflow.cli.capture.NewFolder;
import io.svidflow.cli.run.News;
import io.svidflow.cli.watch.Watch;
import io.svidflow.producer.capture.Capture;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Observes a live cluster and tells what is wrong with its identities, without Kafka or anything else being set up. */
@Command(
        name = "watch",
        description = {
            "Observes a live cluster and tells, as it happens, which pods wait for an identity and why.",
            "A Kafka broker in this process is all it needs: what the configuration says of Kafka does not count here."
                    + " It acts on nothing and leaves nothing behind."
        },
        mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Lengths.class,
            description = "How long, e.g. 30m or 2h (default: until Ctrl-C).")
    private Duration length;

    @Option(
            names = "--capture",
            paramLabel = "FOLDER",
            description =
                    "Where to write, at the end, what was observed, for svidflow replay. Not with Ctrl-C: needs --for.")
    private Path capture;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        requireUsable();
        PrintWriter err = spec.commandLine().getErr();
        Clock clock = Clock.systemUTC();
        err.println("starting a broker and the topologies ...");
        try (Interrupts ignored = Interrupts.ofThisThread();
                Watch watch = new Watch(config.file(), System.getenv(), clock, err)) {
            watch.check();
            watch.observe();
            listen(watch, clock);
            if (capture != null) {
                write(watch.capture(clock.instant()));
            }
            return ExitCode.OK;
        } catch (InterruptedException e) {
            err.println("stopped; nothing is left behind");
            return ExitCode.OK;
        }
    }

    private void listen(Watch watch, Clock clock) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        News news = new News();
        Instant end = length == null ? Instant.MAX : clock.instant().plus(length);
        while (clock.instant().isBefore(end)) {
            watch.listen(value -> news.of(value).ifPresent(line -> {
                out.println(line);
                out.flush();
            }));
        }
        spec.commandLine()
                .getErr()
                .println("pods that waited too long: "
                        + watch.conclusions().findings().size() + ", faults: "
                        + watch.conclusions().incidents().size());
    }

    private void requireUsable() {
        if (capture == null) {
            return;
        }
        if (length == null) {
            throw new BadInput("--capture", "is given without an end", "add --for, e.g. --for 30m");
        }
        new NewFolder(capture).requireFree();
    }

    private void write(Capture captured) {
        new NewFolder(capture).write(captured);
        spec.commandLine()
                .getErr()
                .println("captured " + captured.facts().size() + " records into " + capture
                        + "; it holds names of nodes, pods and services");
    }
}
