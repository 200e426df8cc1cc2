package io.svidflow.cli.operate;

import io.svidflow.cli.BadInput;
import io.svidflow.event.ControlKind;
import io.svidflow.event.RemediationControl;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import picocli.CommandLine.Option;

/** What every verb that changes remediation asks for: which cluster, who, why. */
public final class Wish {

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            defaultValue = "${env:SVIDFLOW_CLUSTER}",
            description = "Which cluster (default: SVIDFLOW_CLUSTER).")
    private String cluster;

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who wants it (default: ${sys:user.name}).")
    private String operator;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept with your name.")
    private String reason;

    /** Who wants it. */
    public String operator() {
        return operator;
    }

    /** Which cluster. */
    public String cluster() {
        if (cluster == null || cluster.isBlank()) {
            throw new BadInput("--cluster", "is not given", "name the cluster, or set SVIDFLOW_CLUSTER");
        }
        return cluster;
    }

    /**
     * The wish, to be completed with what it is about.
     *
     * @throws BadInput if cluster or reason are missing
     */
    public RemediationControl.Builder of(ControlKind kind, Clock clock) {
        if (reason == null || reason.isBlank()) {
            throw new BadInput("--reason", "is not given", "say why in a few words: others read it at night");
        }
        return RemediationControl.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setCluster(cluster())
                .setAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setOperator(operator)
                .setReason(reason)
                .setKind(kind);
    }
}
