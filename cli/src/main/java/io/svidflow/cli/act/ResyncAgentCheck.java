package io.svidflow.cli.act;

import io.svidflow.cli.access.Checklist;
import io.svidflow.cli.access.KafkaAccess;
import io.svidflow.cli.run.Installation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationResult;
import io.svidflow.topic.Topics;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;

/** Tries everything that a resync agent will need in the night in which it is to act. */
public final class ResyncAgentCheck {

    private static final Set<AclOperation> READ = Set.of(AclOperation.READ);
    private static final Set<AclOperation> WRITE = Set.of(AclOperation.WRITE);
    private static final Map<String, Set<AclOperation>> OBSERVING =
            Map.of(Topics.REMEDIATION_COMMANDS.name(), READ, Topics.REMEDIATION_RESULTS.name(), WRITE);
    private static final Map<String, Set<AclOperation>> ACTING = Map.of(
            Topics.REMEDIATION_COMMANDS.name(), READ,
            Topics.REMEDIATION_CONTROL.name(), READ,
            Topics.REMEDIATION_INTENTS.name(), Set.of(AclOperation.READ, AclOperation.WRITE),
            Topics.REMEDIATION_RESULTS.name(), WRITE,
            Topics.REMEDIATION_EVIDENCE.name(), WRITE,
            Topics.DEAD_LETTERS.name(), WRITE);

    private final Installation installation;
    private final Optional<ResyncAgentSettings> acting;
    private final Clock clock;

    /** @param acting empty: it observes, and needs nothing but Kafka */
    public ResyncAgentCheck(Installation installation, Optional<ResyncAgentSettings> acting, Clock clock) {
        this.installation = installation;
        this.acting = acting;
        this.clock = clock;
    }

    /** Tries each connection and permission. */
    public void fill(Checklist list) throws InterruptedException {
        KafkaAccess kafka = new KafkaAccess(installation);
        kafka.check(list, acting.isPresent() ? ACTING : OBSERVING, Topics.REMEDIATION_RESULTS, sample());
        if (acting.isPresent()) {
            acting.get().check(list);
        }
    }

    private RemediationResult sample() {
        return RemediationResult.newBuilder()
                .setCommandId("check")
                .setCluster("check")
                .setOutcome(RemediationOutcome.UNKNOWN)
                .setAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setActor("check")
                .setDetail("")
                .setAction(RemediationAction.UNKNOWN)
                .build();
    }
}
