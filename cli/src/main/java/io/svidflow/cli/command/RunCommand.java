package io.svidflow.cli.command;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.svidflow.cli.ExitCode;
import io.svidflow.cli.access.Checklist;
import io.svidflow.cli.act.RemediationSettings;
import io.svidflow.cli.act.ResyncAgentCheck;
import io.svidflow.cli.act.ResyncAgentSettings;
import io.svidflow.cli.config.Configuration;
import io.svidflow.cli.config.HostAndPort;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.judge.AgentSchedule;
import io.svidflow.cli.run.Application;
import io.svidflow.cli.run.ApplicationHealth;
import io.svidflow.cli.run.Applications;
import io.svidflow.cli.run.HealthEndpoint;
import io.svidflow.cli.run.Held;
import io.svidflow.cli.run.Installation;
import io.svidflow.cli.run.TopicSetup;
import io.svidflow.cli.source.Producers;
import io.svidflow.diagnosis.Backoff;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a part of svidflow against the brokers of an installation. */
@Command(
        name = "run",
        description = "Runs a part of svidflow until it is stopped.",
        footer = {
            "",
            "Settings come from a YAML file (--config FILE, or SVIDFLOW_CONFIG) and from the environment,",
            "which counts more. The least that is needed:",
            "",
            "SVIDFLOW_BOOTSTRAP_SERVERS    Kafka, e.g. kafka:9092",
            "SVIDFLOW_SCHEMA_REGISTRY_URL  registry with Confluent's API, e.g. http://registry:8081",
            "",
            "svidflow config lists every setting."
        },
        mixinStandardHelpOptions = true)
public final class RunCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to run: producers, streams or resync-agent");
    }

    @Command(
            name = "producers",
            description = "The sources: what Kubernetes, SPIRE and its logs say, into Kafka.",
            footer = {
                "",
                "Settings come from a YAML file and the environment; svidflow config lists them.",
                "",
                "With --check: exit code 0 if nothing is missing, 1 if something is."
            },
            mixinStandardHelpOptions = true)
    int producers(@Mixin ConfigOption config, @Mixin CheckOption check) throws InterruptedException {
        Producers producers = new Producers(
                config.file(),
                System.getenv(),
                Clock.systemUTC(),
                check.wanted()
                        ? spec.commandLine().getOut()
                        : spec.commandLine().getErr());
        if (check.wanted()) {
            return producers.check() ? ExitCode.OK : ExitCode.FAILED;
        }
        return refusable(producers::run);
    }

    @Command(name = "streams", description = "The detection: stage 1 and stage 2.", mixinStandardHelpOptions = true)
    int streams(@Mixin ConfigOption config) throws InterruptedException {
        return runUntilStopped(
                config.configuration(),
                HealthEndpoint.STREAMS,
                applications -> List.of(applications.identity(), applications.incident()));
    }

    @Command(
            name = "resync-agent",
            description = {
                "The actor: answers commands, and carries out what resync-agent.allow names. Without it, it observes",
                "and needs no access to the cluster."
            },
            footer = {"", "With --check: exit code 0 if nothing is missing, 1 if something is."},
            mixinStandardHelpOptions = true)
    int resyncAgent(@Mixin ConfigOption config, @Mixin CheckOption check) throws InterruptedException {
        Configuration configuration = config.configuration();
        Optional<ResyncAgentSettings> acting = ResyncAgentSettings.read(configuration.all());
        if (check.wanted()) {
            return check(configuration, acting);
        }
        if (acting.isEmpty()) {
            return runUntilStopped(
                    configuration, HealthEndpoint.RESYNC_AGENT, applications -> List.of(applications.resyncAgent()));
        }
        Installation installation = configuration.installation();
        configuration.throwIfWrong();
        return refusable(() -> {
            TopicSetup.create(installation.settings(), installation.partitions());
            spec.commandLine().getErr().println(acting.get().words());
            acting.get().act(installation.settings(), Clock.systemUTC());
        });
    }

    private int check(Configuration configuration, Optional<ResyncAgentSettings> acting) throws InterruptedException {
        Installation installation = configuration.installation();
        configuration.throwIfWrong();
        Checklist list = new Checklist(spec.commandLine().getOut());
        new ResyncAgentCheck(installation, acting, Clock.systemUTC()).fill(list);
        return list.conclude() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Something that the brokers may refuse. */
    private interface Work {
        void run() throws InterruptedException;
    }

    /** What the brokers refuse is no fault of the program. */
    private int refusable(Work work) throws InterruptedException {
        try {
            work.run();
            return ExitCode.OK;
        } catch (IllegalStateException | UncheckedIOException | KafkaException e) {
            String cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
            spec.commandLine().getErr().println("svidflow: " + e.getMessage() + cause);
            return ExitCode.FAILED;
        }
    }

    private int runUntilStopped(
            Configuration configuration, Key<HostAndPort> health, Function<Applications, List<Application>> parts)
            throws InterruptedException {
        Installation installation = configuration.installation();
        Backoff backoff = AgentSchedule.read(configuration.all());
        RemediationSettings remediation = RemediationSettings.read(configuration.all());
        Optional<HostAndPort> listen = configuration.all().find(health);
        configuration.throwIfWrong();
        // what was replaced or contradicts itself is said before anything runs
        remediation.policy().complaints().forEach(complaint -> spec.commandLine()
                .getErr()
                .println(complaint));
        Applications applications = new Applications(installation, backoff, remediation.policy(), remediation.signer());
        return refusable(() -> {
            List<Application> running = parts.apply(applications);
            try (Held held = new Held()) {
                listen.ifPresent(where -> serve(held, health, where, running));
                run(installation, running);
            }
        });
    }

    private static void serve(Held held, Key<HostAndPort> health, HostAndPort where, List<Application> running) {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        held.opened((AutoCloseable) metrics::close);
        held.opened(HealthEndpoint.open(health, where, new ApplicationHealth(running), metrics));
        running.forEach(application -> held.opened(application.meter(metrics)));
    }

    private void run(Installation installation, List<Application> running) throws InterruptedException {
        TopicSetup.create(installation.settings(), installation.partitions());
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
    }
}
