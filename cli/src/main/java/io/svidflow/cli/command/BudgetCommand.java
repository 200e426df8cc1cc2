package io.svidflow.cli.command;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.ExitCode;
import io.svidflow.cli.operate.Desk;
import io.svidflow.cli.operate.Wish;
import io.svidflow.event.BudgetGrant;
import io.svidflow.event.ControlKind;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationControl;
import io.svidflow.remediation.Budgets;
import io.svidflow.remediation.Policy;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Grants budgets: without one nothing is ever carried out. */
@Command(
        name = "budget",
        description = "How often svidflow may carry something out. Without a budget it carries out nothing.",
        mixinStandardHelpOptions = true)
public final class BudgetCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: init");
    }

    @Command(
            name = "init",
            description = "Grants a budget, in place of the one before. What was used already still counts.",
            mixinStandardHelpOptions = true)
    int init(
            @Mixin Wish wish,
            @Mixin ConfigOption config,
            @Option(
                            names = "--grant",
                            paramLabel = "ACTION=N/TIME",
                            split = ",",
                            description = "E.g. RESTART_AGENT=3/1h. Without: RESTART_AGENT=3/1h, RESTART_WORKLOAD=5/1h,"
                                    + " POKE_REGISTRAR=20/1h.")
                    List<String> grants)
            throws InterruptedException {
        List<BudgetGrant> budgets = grants == null ? Policy.USUAL_GRANTS : parse(grants);
        RemediationControl control = wish.of(ControlKind.INIT_BUDGET, Clock.systemUTC())
                .setBudgets(budgets)
                .build();
        new Desk(config.installation()).send(control);
        budgets.forEach(grant -> spec.commandLine()
                .getOut()
                .println(grant.getAction() + ": at most " + grant.getLimit() + " in "
                        + Duration.ofSeconds(grant.getWindowSeconds()).toMinutes() + " min in cluster "
                        + wish.cluster()));
        return ExitCode.OK;
    }

    static List<BudgetGrant> parse(List<String> texts) {
        List<BudgetGrant> grants = new ArrayList<>();
        for (String text : texts) {
            grants.add(parse(text));
        }
        return grants;
    }

    private static BudgetGrant parse(String text) {
        try {
            String[] action = text.strip().split("=", 2);
            String[] count = action[1].split("/", 2);
            BudgetGrant grant = new BudgetGrant(
                    RemediationAction.valueOf(action[0]),
                    Integer.parseInt(count[0]),
                    Duration.parse("PT" + count[1]).toSeconds());
            if (Budgets.valid(grant)) {
                return grant;
            }
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            // said below
        }
        throw new BadInput("--grant", "is " + text + ", which is no budget", "write it like RESTART_AGENT=3/1h");
    }
}
