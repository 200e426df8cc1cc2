package io.svidflow.cli.command;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.run.Applications;
import io.svidflow.cli.run.Installation;
import io.svidflow.cli.run.TopicSetup;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import io.svidflow.producer.publish.KafkaPublisher;
import io.svidflow.producer.publish.Pacing;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the facts of a recorded incident to the brokers of an installation, for trying it out. */
@Command(
        name = "replay-to-kafka",
        description = "Writes the facts of an incident bundle to Kafka and ends. Settings as for svidflow run.",
        mixinStandardHelpOptions = true)
public final class ReplayToKafkaCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BUNDLE", description = "A folder, .zip or .tar.gz with raw/, or a single SPIRE log.")
    private Path bundle;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long the incident may take (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Installation installation = config.installation();
        IncidentBundle incident = new BundleReader().read(bundle);
        TopicSetup.create(installation.settings(), installation.partitions());
        Duration observed = Duration.between(
                incident.manifest().start(), incident.manifest().end());
        try (KafkaPublisher publisher = new KafkaPublisher(
                installation.settings(), new Applications(installation).serdes(), Clock.systemUTC())) {
            publisher.publish(incident.publications(), Pacing.compressed(observed, Duration.ofSeconds(seconds)));
            spec.commandLine()
                    .getErr()
                    .println("published " + publisher.published().records() + " records");
        }
        return ExitCode.OK;
    }
}
