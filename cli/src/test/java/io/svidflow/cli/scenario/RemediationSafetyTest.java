package io.svidflow.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.replay.Replay;
import io.svidflow.event.BudgetGrant;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationRun;
import io.svidflow.producer.Publication;
import io.svidflow.producer.bundle.IncidentBundle;
import io.svidflow.remediation.Ladder;
import io.svidflow.remediation.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Everything is allowed in every recording, and still nothing is planned that could do harm. What counts as harm is read
 * from the facts of the recording, by other code than the guards'. A replay takes one fact after the other and looks at none
 * that is still to come, so that what is planned within a prefix is a prefix of what is planned: one pass over a recording
 * stands for all of its prefixes, and each command is judged by what had happened when it was issued. By default some
 * recordings, chosen by the seed; with {@code -Dsvidflow.recordings=all} every one.
 */
@Execution(ExecutionMode.CONCURRENT)
class RemediationSafetyTest {

    private static final Recordings RECORDINGS = new Recordings();
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int SOME = 24;
    private static final int PREFIXES = 5;
    /** What svidflow can do something about, or where doing something would be worst; always replayed. */
    private static final List<String> ALWAYS =
            List.of("socket-stale-1153", "svid-expired-frozen-1153", "svid-expired-review-1122", "token-expired-1122");

    private static final Set<String> NEVER = Set.of("AGENT_BANNED", "NODE_ATTEST_TOFU_LOCKED");

    @TestFactory
    Stream<DynamicTest> shouldPlanNothingHarmfulInAnyRecording() {
        Stream<String> ids = all() ? RECORDINGS.bundles().keySet().stream() : some().stream();
        return ids.map(id -> dynamicTest(id, () -> {
            IncidentBundle bundle = RECORDINGS.bundle(id);
            requireHarmless(id, bundle, changes(bundle, publications(bundle)));
        }));
    }

    private static boolean all() {
        return "all".equals(System.getProperty("svidflow.recordings"));
    }

    private static long seed() {
        long seed = Long.getLong("svidflow.seed", 7);
        System.out.println(
                "recordings: -Dsvidflow.seed=" + seed + " -Dsvidflow.recordings=" + (all() ? "all" : "some"));
        return seed;
    }

    private static Set<String> some() {
        List<String> ids = new ArrayList<>(RECORDINGS.bundles().keySet());
        Collections.shuffle(ids, new Random(seed()));
        Set<String> some = new TreeSet<>(ALWAYS);
        some.addAll(ids.subList(0, Math.min(SOME, ids.size())));
        return some;
    }

    /** A decision depends on nothing that comes later: cut off anywhere, a recording leads to the same decisions so far. */
    @TestFactory
    Stream<DynamicTest> shouldPlanTheSameHoweverEarlyARecordingEnds() {
        boolean all = all();
        Random random = new Random(seed());
        List<String> ids = new ArrayList<>(RECORDINGS.bundles().keySet());
        Collections.shuffle(ids, random);
        return ids.stream().limit(all ? ids.size() : PREFIXES).map(id -> {
            double share = random.nextDouble();
            return dynamicTest(id, () -> {
                IncidentBundle bundle = RECORDINGS.bundle(id);
                List<Publication> whole = publications(bundle);
                List<RemediationCommand> then = changes(bundle, whole);
                int end = (int) (share * whole.size());
                List<RemediationCommand> sofar = changes(bundle, whole.subList(0, end));
                assertThat(then.subList(0, Math.min(sofar.size(), then.size())))
                        .as("%s, the first %d of %d publications", id, end, whole.size())
                        .isEqualTo(sofar);
            });
        });
    }

    @Test
    void shouldActAtAllOrElseItProvesNothing() {
        assertThat(ALWAYS)
                .as("one of these at least shows something that may be done")
                .anySatisfy(id -> {
                    IncidentBundle bundle = RECORDINGS.bundle(id);
                    assertThat(changes(bundle, publications(bundle))).isNotEmpty();
                });
    }

    private static void requireHarmless(String id, IncidentBundle bundle, List<RemediationCommand> commands) {
        WitnessedFaults faults = new WitnessedFaults(bundle.publications());
        for (RemediationCommand command : commands) {
            String what = id + ": " + command.getAction() + " on " + command.getNode() + " at " + command.getIssuedAt();
            Instant at = command.getIssuedAt();
            assertThat(faults.inTheMiddleOfAFault(at))
                    .as("in the middle of a fault: " + what)
                    .isFalse();
            assertThat(faults.troubledBefore(at))
                    .as("trouble in the minute before: " + what)
                    .isFalse();
            assertThat(faults.provenBefore(at, command.getNode()))
                    .as("a minute of proof before: " + what)
                    .isTrue();
            assertThat(faults.banned(command.getNode(), at)).as("ban: " + what).isFalse();
            assertThat(NEVER).as(what).doesNotContain(command.getCause());
            assertThat(command.getNotBefore()).as(what).isEqualTo(at);
            assertThat(command.getExpiresAt()).as(what).isAfter(at).isBeforeOrEqualTo(at.plus(LONGEST));
            assertThat(command.getRun()).as(what).isEqualTo(RemediationRun.REPLAY);
            assertThat(command.getMode()).as(what).isEqualTo("replay");
            assertThat(command.getSignature()).as(what).isNull();
            assertThat(command.getTarget()).as(what).isNotNull();
        }
        requireOneAtATime(id, commands);
        requireWithinBudget(id, commands);
    }

    private static void requireOneAtATime(String id, List<RemediationCommand> commands) {
        for (int i = 1; i < commands.size(); i++) {
            RemediationCommand before = commands.get(i - 1);
            assertThat(commands.get(i).getIssuedAt())
                    .as("%s: the lease of %s on %s", id, before.getAction(), before.getNode())
                    .isAfter(before.getExpiresAt());
        }
    }

    private static void requireWithinBudget(String id, List<RemediationCommand> commands) {
        for (BudgetGrant grant : Policy.USUAL_GRANTS) {
            List<Instant> used = commands.stream()
                    .filter(command -> command.getAction() == grant.getAction())
                    .map(RemediationCommand::getIssuedAt)
                    .toList();
            for (Instant at : used) {
                assertThat(used.stream()
                                .filter(other ->
                                        !other.isBefore(at) && other.isBefore(at.plusSeconds(grant.getWindowSeconds())))
                                .count())
                        .as("%s: %s from %s on", id, grant.getAction(), at)
                        .isLessThanOrEqualTo(grant.getLimit());
            }
        }
    }

    private static List<Publication> publications(IncidentBundle bundle) {
        List<Publication> all = new ArrayList<>();
        bundle.publications().forEach(all::add);
        return all;
    }

    /** In the order in which they were issued. */
    private static List<RemediationCommand> changes(IncidentBundle bundle, List<Publication> publications) {
        try (Replay replay = Replay.rehearsing(bundle.manifest())) {
            Conclusions conclusions = replay.play(publications);
            return conclusions.commands().stream()
                    .filter(command -> Ladder.mutates(command.getAction()))
                    .toList();
        }
    }
}
