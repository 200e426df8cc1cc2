package io.svidflow.cli.command;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.ExitCode;
import io.svidflow.cli.doctor.Demands;
import io.svidflow.cli.doctor.Doctor;
import io.svidflow.cli.doctor.Examination;
import io.svidflow.cli.report.ExaminationReport;
import io.svidflow.cli.report.Palette;
import io.svidflow.producer.bundle.LayoutReader;
import io.svidflow.producer.layout.Layout;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at how a deployment is laid out and says what will cost identities in the next outage. */
@Command(
        name = "doctor",
        description = {
            "Looks at the objects and logs of a bundle, without replaying it, and says what will cost identities in the",
            "next outage and what will hide why. What the bundle does not hold is named as not checked."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing to mend",
            "1:something to mend",
            "2:wrong command line, or a bundle that cannot be read"
        })
public final class DoctorCommand implements Callable<Integer> {

    @Option(
            names = "--bundle",
            required = true,
            paramLabel = "BUNDLE",
            description = "A folder, .zip or .tar.gz with incident.yaml and raw/.")
    private Path bundle;

    @Option(
            names = "--survive",
            paramLabel = "DURATION",
            defaultValue = "15m",
            description =
                    "longest outage of server or datastore to survive, e.g. 90s, 30m, 2h (default: ${DEFAULT-VALUE})")
    private String survive;

    @Option(
            names = "--sync-interval",
            paramLabel = "DURATION",
            description = "the agents' sync_interval (default: settings.syncInterval of the bundle, else 5s)")
    private String syncInterval;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text for people, json for machines (default: ${DEFAULT-VALUE})")
    private ReplayCommand.Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Layout layout = new LayoutReader().read(bundle);
        Examination examination = new Examination(
                layout.manifest().id(),
                layout.manifest().cluster(),
                Doctor.examine(layout, demands(layout)),
                layout.skipped());
        PrintWriter out = spec.commandLine().getOut();
        Palette palette = Palette.of(Ansi.AUTO.enabled(), System.getenv());
        out.print(
                format == ReplayCommand.Format.JSON
                        ? examination.toJson()
                        : new ExaminationReport(palette).render(examination));
        out.flush();
        return examination.toMend() ? ExitCode.FAILED : ExitCode.OK;
    }

    private Demands demands(Layout layout) {
        String interval = Optional.ofNullable(syncInterval)
                .or(() -> Optional.ofNullable(layout.manifest().settings().get("syncInterval"))
                        .map(Object::toString))
                .orElse("5s");
        try {
            return new Demands(duration("--survive", survive), duration("--sync-interval", interval));
        } catch (IllegalArgumentException e) {
            throw new BadInput(e);
        }
    }

    private static Duration duration(String option, String text) {
        try {
            return Duration.parse("PT" + text.strip());
        } catch (DateTimeParseException e) {
            throw new BadInput(option, "\"" + text + "\" is no duration", "write it like 90s, 10m or 1h30m");
        }
    }
}
