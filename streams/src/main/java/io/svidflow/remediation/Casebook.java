package io.svidflow.remediation;

import io.svidflow.diagnosis.ClusterView;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.PodTransition;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationRefusal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;

/**
 * What remediation knows of one cluster, and where it keeps what it must not forget. Whatever is changed here is saved with
 * the decision that changed it, or not at all. Null removes.
 */
public interface Casebook {

    /** Name of the cluster. */
    String cluster();

    /** Nodes, server and components. */
    ClusterView view();

    /** Pods without identity. */
    Collection<Finding> findings();

    /** Faults that are there, or ended a moment ago. */
    Collection<Incident> incidents();

    /** What is known of a pod without identity; null: nothing. */
    PodTransition pod(String uid);

    /** Commands that are not over, by id. */
    Map<String, RemediationCommand> commands();

    /** Remediations that are not over, by command id. */
    Map<String, Remediation> remediations();

    /** A remediation begins, goes on or, with nulls, is over. */
    void remediation(String commandId, RemediationCommand command, Remediation remediation);

    /** What was carried out, or may have been, in the last week, by command id. */
    Map<String, Remediation> past();

    /** Remembers or, with null, forgets. */
    void past(String commandId, Remediation remediation);

    /** What operators want: pauses, modes, budgets; by what each is about. */
    Map<String, RemediationControl> controls();

    /** An operator wants something, or with null nothing any more. */
    void control(String about, RemediationControl control);

    /** The last refusal of each finding and action. */
    Map<String, RemediationRefusal> refusals();

    /** Remembers or, with null, forgets. */
    void refusal(String about, RemediationRefusal refusal);

    /** An instant worth remembering; null: none is. */
    Instant instant(String name);

    /** Remembers or, with null, forgets. */
    void instant(String name, Instant at);

    /** The instants whose names begin so: a view, to be copied by whoever changes one meanwhile. */
    SortedMap<String, Instant> instants(String prefix);
}
