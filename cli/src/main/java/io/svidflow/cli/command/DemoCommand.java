package io.svidflow.cli.command;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.replay.Verdicts;
import io.svidflow.cli.report.Palette;
import io.svidflow.cli.report.TextReport;
import io.svidflow.cli.run.Demo;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays a real incident through a real broker, in this process. */
@Command(
        name = "demo",
        description = {
            "Starts a Kafka broker in this process, plays an incident into it in about 20 s, and shows what svidflow",
            "concludes while it happens. Nothing is left behind."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--bundle",
            paramLabel = "BUNDLE",
            description = "The incident to play (default: the one of spiffe/spire#5859).")
    private Path bundle;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long the incident may take (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--keep", description = "Leave broker and topologies up until Ctrl-C.")
    private boolean keep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        IncidentBundle incident = new BundleReader().read(bundle == null ? seed() : bundle);
        try (Interrupts ignored = Interrupts.ofThisThread();
                Demo demo = new Demo(Clock.systemUTC())) {
            play(demo, incident);
            return ExitCode.OK;
        } catch (InterruptedException e) {
            spec.commandLine().getErr().println("stopped; nothing is left behind");
            return ExitCode.OK;
        }
    }

    private void play(Demo demo, IncidentBundle incident) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        err.println("starting a broker and the topologies ...");
        demo.start();
        err.println("playing " + incident.manifest().id() + " in " + seconds + " s");
        Conclusions conclusions = demo.play(incident, Duration.ofSeconds(seconds), line -> {
            out.println(line);
            out.flush();
        });
        out.println();
        out.print(new TextReport(Palette.of(CommandLine.Help.Ansi.AUTO.enabled(), System.getenv()))
                .render(Verdicts.of(incident, conclusions)));
        out.flush();
        if (keep) {
            err.println("bootstrap.servers=" + demo.bootstrapServers() + "  (Ctrl-C ends it)");
            new CountDownLatch(1).await();
        }
    }

    /** The seed incident lies beside the distribution, in the checkout or in the image. */
    private static Path seed() {
        String home = System.getProperty("svidflow.home", ".");
        Path seed = Path.of(home, "incidents", "spire-5859", "registrar-lag");
        return Files.isDirectory(seed) ? seed : Path.of("incidents", "spire-5859", "registrar-lag");
    }
}
