package io.svidflow.cli.command;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.ExitCode;
import io.svidflow.event.Heartbeat;
import io.svidflow.producer.Publication;
import io.svidflow.producer.bundle.BundleProblem;
import io.svidflow.producer.bundle.BundleReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the facts of a bundle, to look through them before a bundle is sent away. */
@Command(
        name = "facts",
        description = "Prints the facts of a bundle as JSON, one a line: what a replay is made from, and all that a"
                + " capture holds.",
        mixinStandardHelpOptions = true)
public final class FactsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BUNDLE", description = "A folder, .zip or .tar.gz.")
    private Path bundle;

    @Option(names = "--heartbeats", description = "Also the heartbeats of the sources.")
    private boolean heartbeats;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            for (Publication publication : new BundleReader().read(bundle).publications()) {
                SpecificRecord value = publication.value();
                if (heartbeats || !(value.get(1) instanceof Heartbeat)) {
                    out.println("{\"topic\": \"" + publication.topic().name() + "\", \"key\": \"" + publication.key()
                            + "\", \"value\": " + value + "}");
                }
            }
        } catch (BundleProblem problem) {
            throw new BadInput(problem);
        }
        out.flush();
        return ExitCode.OK;
    }
}
