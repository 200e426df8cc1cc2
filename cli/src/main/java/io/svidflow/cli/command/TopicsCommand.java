package io.svidflow.cli.command;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.run.Installation;
import io.svidflow.cli.run.TopicSetup;
import io.svidflow.cli.run.TopicState;
import java.io.PrintWriter;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Creates svidflow's topics, or says how they are. */
@Command(
        name = "topics",
        description = "Creates svidflow's topics, or compares them with what they should be.",
        footer = {"", "Settings as for svidflow run."},
        mixinStandardHelpOptions = true)
public final class TopicsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: create, check or describe");
    }

    @Command(
            name = "create",
            description = "Creates the topics that are missing. A topic with another partition count is refused, and"
                    + " nothing is created then.",
            mixinStandardHelpOptions = true)
    int create(@Mixin ConfigOption config) {
        return asked(config, installation -> {
            TopicSetup.create(installation.settings(), installation.partitions());
            spec.commandLine().getOut().println("all topics are there");
            return ExitCode.OK;
        });
    }

    @Command(
            name = "check",
            description = "Says what is missing or has another partition count; exit code 1 if anything is.",
            mixinStandardHelpOptions = true)
    int check(@Mixin ConfigOption config) {
        return asked(config, installation -> {
            List<String> problems = states(installation).stream()
                    .flatMap(state -> state.problem().stream())
                    .toList();
            PrintWriter out = spec.commandLine().getOut();
            problems.forEach(out::println);
            if (problems.isEmpty()) {
                out.println("all topics are as they should be");
            }
            return problems.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        });
    }

    @Command(
            name = "describe",
            description = "Lists every topic: partitions that it has and should have, what we may do with it.",
            mixinStandardHelpOptions = true)
    int describe(@Mixin ConfigOption config) {
        return asked(config, installation -> {
            PrintWriter out = spec.commandLine().getOut();
            out.printf("%-32s  %10s  %6s  %s%n", "topic", "partitions", "wanted", "allowed");
            for (TopicState state : states(installation)) {
                out.printf(
                        "%-32s  %10s  %6d  %s%n",
                        state.name(),
                        state.actual().map(String::valueOf).orElse("missing"),
                        state.wanted(),
                        state.refusal()
                                .orElse(String.join(
                                        " ",
                                        state.allowed().stream()
                                                .map(operation ->
                                                        operation.name().toLowerCase(java.util.Locale.ROOT))
                                                .sorted()
                                                .toList())));
            }
            return ExitCode.OK;
        });
    }

    private interface Question {
        int answer(Installation installation) throws InterruptedException;
    }

    private int asked(ConfigOption config, Question question) {
        Installation installation = config.installation();
        try {
            return question.answer(installation);
        } catch (IllegalStateException | KafkaException e) {
            spec.commandLine().getErr().println("svidflow: " + e.getMessage());
            return ExitCode.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    private static List<TopicState> states(Installation installation) throws InterruptedException {
        try (Admin admin = Admin.create(installation.settings())) {
            return TopicState.all(admin, installation.partitions());
        }
    }
}
