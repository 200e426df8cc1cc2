package io.svidflow.remediation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How careful remediation is. A value that would make it careless is replaced by the least careful one that is allowed,
 * and {@link #complaints()} says so (G24).
 *
 * @param proof how long the layers below must have been proven healthy; at least 60 s
 * @param worthwhile a wait shorter than this is not cut short by restarting an agent; at least 2 min
 * @param validity how long a command may be carried out; 10 s to 5 min
 * @param verification within which time an effect must show; at least 60 s, which is also the least time of a rung
 * @param spacing between two restarts of agents; at least 5 min
 * @param cooldown after a storm or an outage of many; at least 5 min
 * @param healthyPeriod a failure sooner after a remedy is the same failure; at least 1 h
 * @param maxInFlight actions at the same time in a cluster; 1 to 3
 * @param maxInTrouble beyond so many subjects in trouble it is one systemic fault; 1 to 50
 * @param maxShare beyond this share of them, too; 0 to 0.5
 * @param perSubject actions of one kind on one subject a day; 1 to 5
 * @param chronic remedies of one subject in a week after which only a person helps; 1 to 10
 * @param complaints what was replaced, one sentence each
 */
public record Limits(
        Duration proof,
        Duration worthwhile,
        Duration validity,
        Duration verification,
        Duration spacing,
        Duration cooldown,
        Duration healthyPeriod,
        int maxInFlight,
        int maxInTrouble,
        double maxShare,
        int perSubject,
        int chronic,
        List<String> complaints) {

    public Limits {
        List<String> said = new ArrayList<>(complaints);
        Duration day = Duration.ofDays(1);
        proof = between("proof", proof, Duration.ofSeconds(60), day, said);
        worthwhile = between("worthwhile", worthwhile, Duration.ofMinutes(2), day, said);
        validity = between("validity", validity, Duration.ofSeconds(10), Duration.ofMinutes(5), said);
        verification = between("verification", verification, Duration.ofSeconds(60), day, said);
        spacing = between("spacing", spacing, Duration.ofMinutes(5), day, said);
        cooldown = between("cooldown", cooldown, Duration.ofMinutes(5), day, said);
        healthyPeriod = between("healthyPeriod", healthyPeriod, Duration.ofHours(1), Duration.ofDays(7), said);
        maxInFlight = between("maxInFlight", maxInFlight, 1, 3, said);
        maxInTrouble = between("maxInTrouble", maxInTrouble, 1, 50, said);
        perSubject = between("perSubject", perSubject, 1, 5, said);
        chronic = between("chronic", chronic, 1, 10, said);
        if (!(maxShare >= 0 && maxShare <= 0.5)) {
            said.add("maxShare is " + maxShare + ", which is not between 0 and 0.5; 0.5 is used");
            maxShare = 0.5;
        }
        complaints = List.copyOf(said);
    }

    /** What an installation gets that says nothing. */
    public static Limits defaults() {
        return new Limits(
                Duration.ofSeconds(60),
                Duration.ofMinutes(2),
                Duration.ofSeconds(60),
                Duration.ofMinutes(3),
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                1,
                10,
                0.34,
                2,
                3,
                List.of());
    }

    private static Duration between(String name, Duration value, Duration least, Duration most, List<String> said) {
        Duration allowed = value.compareTo(least) < 0 ? least : value.compareTo(most) > 0 ? most : value;
        if (!allowed.equals(value)) {
            said.add(name + " is " + value.toSeconds() + " s, which is not between " + least.toSeconds() + " and "
                    + most.toSeconds() + " s; " + allowed.toSeconds() + " s is used");
        }
        return allowed;
    }

    private static int between(String name, int value, int least, int most, List<String> said) {
        int allowed = Math.min(most, Math.max(least, value));
        if (allowed != value) {
            said.add(name + " is " + value + ", which is not between " + least + " and " + most + "; " + allowed
                    + " is used");
        }
        return allowed;
    }
}
