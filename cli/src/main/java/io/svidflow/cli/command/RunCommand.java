package io.svidflow.cli.command;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.run.Application;
import io.svidflow.cli.run.Applications;
import io.svidflow.cli.run.Installation;
import io.svidflow.cli.run.TopicSetup;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a part of svidflow against the brokers of an installation. */
@Command(
        name = "run",
        description = "Runs a part of svidflow until it is stopped. Settings come from the environment:",
        footer = {
            "",
            "SVIDFLOW_BOOTSTRAP_SERVERS    Kafka, e.g. kafka:9092",
            "SVIDFLOW_SCHEMA_REGISTRY_URL  registry with Confluent's API, e.g. http://registry:8081",
            "SVIDFLOW_STATE_DIR            where state is kept; on a volume (default: ~/.svidflow)",
            "SVIDFLOW_PARTITIONS           partitions of the topics keyed by node (default: 6)",
            "SVIDFLOW_KAFKA_...            any other client setting, e.g. SVIDFLOW_KAFKA_SECURITY_PROTOCOL"
        },
        mixinStandardHelpOptions = true)
public final class RunCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to run: streams or resync-agent");
    }

    @Command(name = "streams", description = "The detection: stage 1 and stage 2.", mixinStandardHelpOptions = true)
    int streams() throws InterruptedException {
        return runUntilStopped(applications -> List.of(applications.identity(), applications.incident()));
    }

    @Command(
            name = "resync-agent",
            description = "The actor, which so far only observes.",
            mixinStandardHelpOptions = true)
    int resyncAgent() throws InterruptedException {
        return runUntilStopped(applications -> List.of(applications.resyncAgent()));
    }

    private int runUntilStopped(Function<Applications, List<Application>> parts) throws InterruptedException {
        Installation installation = Installation.from(System.getenv());
        TopicSetup.create(installation.settings(), installation.partitions());
        List<Application> running = parts.apply(new Applications(installation));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> running.forEach(Application::close), "close-applications"));
        running.forEach(Application::start);
        spec.commandLine().getErr().println("running; Ctrl-C ends it");
        try {
            running.get(0).awaitStopped();
        } finally {
            running.forEach(Application::close);
        }
        running.forEach(Application::requireHealthy);
        return ExitCode.OK;
    }
}
