package io.svidflow.incident;

import io.svidflow.diagnosis.Backoff;
import io.svidflow.diagnosis.Case;
import io.svidflow.diagnosis.Causes;
import io.svidflow.diagnosis.Diagnosis;
import io.svidflow.diagnosis.Diagnostician;
import io.svidflow.diagnosis.ServerSigns;
import io.svidflow.diagnosis.WorkloadSocketStale;
import io.svidflow.event.AgentSynchronised;
import io.svidflow.event.ComponentTransition;
import io.svidflow.event.CoverageTransition;
import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.PodTransition;
import io.svidflow.event.Prediction;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationResult;
import io.svidflow.event.RequestHabit;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.event.SourceFailure;
import io.svidflow.remediation.Policy;
import io.svidflow.remediation.Remediator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Stage 2: takes stage 1's conclusions and the facts about the server in the order of their time, diagnoses pods without
 * identity, groups findings into incidents and plans what should be done. Pure but for its {@link ClusterState}.
 */
public final class IncidentTracker {

    /** How often open findings are diagnosed again although nothing about their pod changed. */
    public static final Duration REVIEW = Duration.ofSeconds(5);

    private final ClusterState state;
    private final Backoff backoff;
    private final Remediator remediator;
    private final PodTraces traces;
    private final IncidentBook book;
    private final FaultWatch watch;
    private final IncidentReview review;
    private final Diagnostician diagnostician = new Diagnostician(Causes.all());

    public IncidentTracker(ClusterState state, Backoff backoff, Policy policy) {
        this.state = state;
        this.backoff = backoff;
        this.remediator = new Remediator(state.casebook(), policy);
        this.traces = new PodTraces(state);
        this.book = new IncidentBook(state);
        this.watch = new FaultWatch(state, backoff, book);
        this.review = new IncidentReview(state, book, watch);
    }

    /** Applies a conclusion of stage 1; findings, incidents, commands and remediations that follow. */
    public List<SpecificRecord> apply(PodIdentityEvent event) {
        List<SpecificRecord> told = new ArrayList<>();
        Object body = event.getBody();
        if (body instanceof NodeTransition node) {
            NodeTransition before = state.node(node.getNode());
            state.server(ServerSigns.apply(state.server(), before, node));
            state.node(event, node);
            PredictionCheck.firstSuccess(before, node)
                    .ifPresent(success -> predicted(node.getNode(), success, event.getAt(), told));
            remediator.saw(node);
            reach(event.getAt());
        } else if (body instanceof ComponentTransition component) {
            state.component(event, component);
            if (component.getRole().equals("SPIRE_SERVER")) {
                state.server(ServerSigns.apply(state.server(), component, event.getAt()));
                reach(event.getAt());
            }
            remediator.saw(component, event.getAt());
        } else if (body instanceof AgentSynchronised proof) {
            remediator.synchronised(proof.getNode(), proof.getAt());
        } else if (body instanceof PodTransition pod) {
            pod(event, pod, told);
        } else if (body instanceof CoverageTransition coverage) {
            state.server(ServerSigns.apply(state.server(), coverage, event.getAt()));
            state.listeners().heardOf(coverage.getSource(), coverage.getLate(), event.getAt());
            watch.coverage(coverage, event.getAt()).ifPresent(told::add);
        }
        return told;
    }

    /** An agent has synchronised again: what was predicted of it has come about, sooner or later. */
    private void predicted(String node, Instant success, Instant now, List<SpecificRecord> told) {
        state.waits().healed(node, success);
        for (Finding finding : List.copyOf(state.findings().values())) {
            Finding judged = finding.getNode().equals(node) ? PredictionCheck.judged(finding, success, now) : finding;
            if (!judged.equals(finding)) {
                state.finding(finding.getPodUid(), judged);
                told.add(judged);
            }
        }
    }

    /** Applies a fact about the server. */
    public void apply(ServerEvent event) {
        Instant at = event.getHeader().getEventTime();
        String id = event.getHeader().getId();
        remediator.saw(event);
        if (event.getBody() instanceof ServerSignal signal) {
            // only the audit log tells of calls that were answered
            if (signal.getKind() == ServerSignalKind.DATASTORE_ANSWERED) {
                state.listeners().audited(at);
            }
            state.server(ServerSigns.apply(state.server(), signal, at, id));
        } else if (event.getBody() instanceof SourceFailure failure) {
            state.server(ServerSigns.apply(state.server(), failure, at, id));
        }
        if (state.server().unreachableSince() != null || state.server().containerStopped() != null) {
            reach(at);
        }
    }

    private void reach(Instant at) {
        state.server(state.server().reached(state.shownServerOutage(at), at));
    }

    /** An actor answered a command. */
    public List<SpecificRecord> apply(RemediationResult result) {
        return remediator.answered(result);
    }

    /** An operator wants something of remediation. */
    public List<SpecificRecord> apply(RemediationControl wish) {
        // what is known lags behind; what comes of the wish comes after it
        Instant known = state.lastTick().orElse(wish.getAt());
        return remediator.wished(wish, known.isAfter(wish.getAt()) ? known : wish.getAt());
    }

    /** How far what is known lags behind the time of the day. */
    public void behind(Duration lag) {
        remediator.behind(lag);
    }

    /** Time has come to a whole second: what time alone changes. */
    public List<SpecificRecord> tick(Instant now) {
        if (state.server().polls().lasting()) {
            reach(now); // silence is shown by time alone
        }
        List<SpecificRecord> told = new ArrayList<>(watch.detect(now));
        state.siblings().forget(now);
        remediator.tick(now);
        if (now.getEpochSecond() % REVIEW.toSeconds() == 0) {
            List.copyOf(state.silent().values()).forEach(event -> listen(event, now, told));
            for (String podUid : List.copyOf(state.findings().keySet())) {
                diagnose(podUid, now, told);
            }
            told.addAll(review.review(now));
            told.addAll(remediator.review(now));
        }
        return told;
    }

    private void pod(PodIdentityEvent event, PodTransition pod, List<SpecificRecord> told) {
        Instant now = event.getAt();
        String uid = pod.getPodUid();
        boolean troubled = pod.getState() == IdentityState.STUCK || pod.getState() == IdentityState.RENEWAL_FAILING;
        boolean healthy = pod.getState() == IdentityState.HEALTHY || pod.getState() == IdentityState.RECOVERED;
        state.server(ServerSigns.apply(state.server(), pod));
        traces.of(pod, healthy, now);
        boolean silent = !troubled && pod.getSilentSince() != null && pod.getState() != IdentityState.GONE;
        state.silent(uid, silent ? event : null);
        Finding open = state.findings().get(uid);
        if (silent && open != null && open.getCause().equals(WorkloadSocketStale.NAME)) {
            return; // still silent: whatever else is known of it does not give it an identity
        }
        if (healthy && open != null && open.getCause().equals(WorkloadSocketStale.NAME) && !heard(pod)) {
            return; // it ends, or its agent has started anew: that nothing is expected of it now is no identity
        }
        state.pod(uid, troubled ? event : null);
        if (troubled) {
            diagnose(uid, now, told);
        } else if (open != null) {
            close(open, closed(open, pod, healthy, now), now, told);
        }
    }

    private static boolean heard(PodTransition pod) {
        return pod.getRequests() == RequestHabit.ASKED || pod.getRequests() == RequestHabit.RETURNED;
    }

    private static Finding closed(Finding open, PodTransition pod, boolean healthy, Instant now) {
        if (healthy) {
            return Findings.recovered(open, pod, now);
        }
        return pod.getState() == IdentityState.UNKNOWN ? Findings.unseen(open, pod, now) : Findings.gone(open, now);
    }

    /** A pod that is not heard of is stuck at its socket if it ought to ask; otherwise it is left alone. */
    private void listen(PodIdentityEvent event, Instant now, List<SpecificRecord> told) {
        PodTransition pod = (PodTransition) event.getBody();
        if (state.findings().containsKey(pod.getPodUid()) || !WorkloadSocketStale.suspects(pod, state)) {
            return;
        }
        PodTransition stuck = PodTransition.newBuilder(pod)
                .setState(IdentityState.STUCK)
                .setSince(pod.getSilentSince())
                .setFirstMissing(Link.SOCKET)
                .setProven(pod.getProven().stream()
                        .filter(link -> link != Link.WORKLOAD_ATTESTED && link != Link.SOCKET)
                        .toList())
                .setProof(null)
                .build();
        state.pod(
                pod.getPodUid(),
                PodIdentityEvent.newBuilder(event).setBody(stuck).build());
        diagnose(pod.getPodUid(), now, told);
    }

    private void diagnose(String podUid, Instant now, List<SpecificRecord> told) {
        PodTransition pod = state.pod(podUid);
        if (pod == null) {
            return;
        }
        Finding open = state.findings().get(podUid);
        NodeTransition node = state.node(pod.getNode());
        Diagnosis diagnosis = diagnostician.diagnose(new Case(pod, pod.getFirstMissing(), node, state, now, backoff));
        if (diagnosis.nothingToReport()) {
            return;
        }
        Prediction prediction = diagnosis.cause().equals("AGENT_SYNC_BACKOFF") && node != null
                ? backoff.next(node).orElse(null)
                : null;
        Finding finding = Hindsight.named(open, state, diagnosis, now)
                .orElseGet(() -> open == null
                        ? Findings.open(state.cluster(), pod, diagnosis, prediction, now)
                        : Findings.revise(open, pod, diagnosis, prediction, now));
        if (finding.equals(open)) {
            return;
        }
        String fault = book.join(finding, now);
        Finding joined =
                Findings.inIncident(finding, state.incidents().get(fault).getId());
        state.finding(podUid, joined);
        Optional<io.svidflow.event.Incident> grown = book.add(fault, joined, now);
        told.add(joined);
        grown.ifPresent(told::add);
        if (open != null && !Objects.equals(open.getIncidentId(), joined.getIncidentId())) {
            told.addAll(review.left(open.getIncidentId(), fault, now));
        }
        told.addAll(remediator.consider(joined, now));
    }

    private void close(Finding open, Finding closed, Instant now, List<SpecificRecord> told) {
        state.finding(open.getPodUid(), null);
        told.add(closed);
        told.addAll(remediator.closed(closed, now));
    }
}
