package io.svidflow.identity;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentListed;
import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.ContainerState;
import io.svidflow.event.EntryEvent;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Listed;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.NodeObserved;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.event.PodWarning;
import io.svidflow.event.SourceFailure;
import io.svidflow.event.SvidFetchEvent;
import io.svidflow.event.SvidSignal;
import io.svidflow.event.SvidSignalKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * Stage 1: applies facts to the records of a node and its pods, and tells what changed. A fact about a node costs the same
 * whatever runs there: pods look at their node when their own check is due.
 */
public final class IdentityTracker {

    /** The ways in which an agent is asked when it last synchronised. */
    private static final Set<String> STATUS_POLLS = Set.of("GetInfo", "AgentMetrics");

    /** Stands for the node itself among the pods that are to be looked at. */
    public static final String NODE_CHECK = "";

    /** What a server tells of an agent that it has served. */
    private static final Set<AgentSignalKind> SERVED =
            EnumSet.of(AgentSignalKind.SYNC_SUCCEEDED, AgentSignalKind.ATTESTED, AgentSignalKind.RENEWED);

    private final Chain chain;
    private final Transitions transitions;
    private final IdentityStore store;

    /** @param partition partition of stage 1 that speaks */
    public IdentityTracker(Graces graces, int partition, IdentityStore store) {
        this.chain = new Chain(graces);
        this.transitions = new Transitions(partition);
        this.store = store;
    }

    /**
     * Applies a fact.
     *
     * @param now observed time of the fact; for one that comes late, the watermark
     * @return transitions, in order
     */
    public List<PodIdentityEvent> observe(
            String nodeKey, SpecificRecord event, Coverage coverage, Instant now, boolean late) {
        Observation seen = new Observation(nodeKey, coverage, now, late);
        if (event instanceof NodeEvent node && node.getBody() instanceof NodeObserved observed) {
            seen.node(node.getHeader(), observed);
        } else if (event instanceof PodEvent pod && pod.getBody() instanceof PodObserved observed) {
            seen.pod(pod.getHeader(), observed);
        } else if (event instanceof PodEvent pod && pod.getBody() instanceof PodWarning warning) {
            seen.warning(pod.getHeader(), warning);
        } else if (event instanceof NodeEvent node && node.getBody() instanceof Listed listed) {
            seen.nodesListed(listed.getSince());
        } else if (event instanceof PodEvent pod && pod.getBody() instanceof Listed listed) {
            seen.podsListed(listed.getSince());
        } else if (event instanceof EntryEvent entry && entry.getBody() instanceof EntryObserved observed) {
            seen.entry(entry.getHeader(), observed);
        } else if (event instanceof SvidFetchEvent fetch && fetch.getBody() instanceof SvidSignal signal) {
            seen.fetch(fetch.getHeader(), signal);
        } else if (event instanceof AgentEvent agent) {
            seen.agent(agent.getHeader(), agent.getBody());
        }
        return seen.told;
    }

    /** Looks at a pod, or with {@link #NODE_CHECK} at the node itself, whose check is due. */
    public List<PodIdentityEvent> due(String nodeKey, String podUid, Coverage coverage, Instant now) {
        Observation seen = new Observation(nodeKey, coverage, now, false);
        if (podUid.equals(NODE_CHECK)) {
            NodeRecord node = store.node(nodeKey);
            if (node != null) {
                seen.conclude(node, node);
            }
            return seen.told;
        }
        PodRecord pod = store.pod(nodeKey, podUid);
        if (pod != null) {
            seen.conclude(pod, pod);
        }
        return seen.told;
    }

    /** One fact on its way through the records of its node. */
    private final class Observation {

        private final String nodeKey;
        private final Coverage coverage;
        private final Instant now;
        private final boolean late;
        private final List<PodIdentityEvent> told = new ArrayList<>();

        Observation(String nodeKey, Coverage coverage, Instant now, boolean late) {
            this.nodeKey = nodeKey;
            this.coverage = coverage;
            this.now = now;
            this.late = late;
        }

        void node(EventHeader header, NodeObserved observed) {
            if (observed.getDeleted()) {
                NodeRecord gone = store.node(nodeKey);
                if (gone != null) {
                    told.add(transitions.nodeGone(gone, now));
                    store.reschedule(nodeKey, NODE_CHECK, gone.contact().nextCheck(), null);
                    store.putNode(nodeKey, null);
                }
                return;
            }
            NodeRecord before = record(header);
            conclude(before, before.observe(observed, header.getEventTime(), header.getId()));
        }

        /** A node that was not said again has gone unseen. */
        void nodesListed(Instant since) {
            NodeRecord known = store.node(nodeKey);
            boolean gone = known != null
                    && known.kubernetes() != null
                    && known.kubernetes().observedAt().isBefore(since);
            if (gone) {
                told.add(transitions.nodeGone(known, now));
                store.putNode(nodeKey, null);
            }
        }

        /** Pods that were not said again have gone unseen. */
        void podsListed(Instant since) {
            for (String uid : store.pods(nodeKey)) {
                PodRecord known = store.pod(nodeKey, uid);
                if (known.pod() != null && known.pod().observedAt().isBefore(since)) {
                    podGone(uid);
                }
            }
        }

        void pod(EventHeader header, PodObserved observed) {
            clock(header, observed);
            if (observed.getRole() == PodRole.SPIRE_AGENT) {
                if (!follows(observed.getDeleted())) {
                    NodeRecord before = record(header);
                    conclude(before, before.observeAgentPod(observed, header.getEventTime()));
                }
            } else if (observed.getRole() == PodRole.SPIFFE_CSI_DRIVER) {
                if (!follows(observed.getDeleted())) {
                    NodeRecord before = record(header);
                    conclude(before, before.observeCsiDriver(observed, header.getEventTime()));
                }
            } else if (observed.getRole() != PodRole.WORKLOAD) {
                component(header, observed);
            } else if (observed.getDeleted()) {
                podGone(observed.getUid());
            } else {
                PodRecord before = podRecord(observed.getUid());
                conclude(before, before.observe(observed, header.getEventTime(), coverage.since()));
            }
        }

        private void clock(EventHeader header, PodObserved observed) {
            NodeRecord before = store.node(nodeKey);
            if (before != null) {
                Instant started = observed.getContainers().stream()
                        .map(ContainerState::getStartedAt)
                        .reduce(null, Times::latest);
                boolean mirror = "Node".equals(observed.getOwnerKind());
                conclude(
                        before,
                        before.observeStart(
                                started, mirror ? null : observed.getCreatedAt(), header.getObservedTime()));
            }
        }

        void warning(EventHeader header, PodWarning warning) {
            PodRecord before = store.pod(nodeKey, warning.getPodUid());
            if (before != null) {
                conclude(before, before.observe(warning, header.getEventTime(), header.getId()));
            }
        }

        private void component(EventHeader header, PodObserved observed) {
            String before = store.component(nodeKey, observed.getUid());
            String after = transitions.componentSummary(observed);
            if (!after.equals(before)) {
                told.add(transitions.component(header, observed, now));
                store.putComponent(nodeKey, observed.getUid(), observed.getDeleted() ? null : after);
            }
        }

        void entry(EventHeader header, EntryObserved observed) {
            EntryIssuance known = store.entry(nodeKey, observed.getEntryId());
            String podUid = observed.getPodUid() != null || known == null ? observed.getPodUid() : known.podUid();
            if (observed.getDeleted()) {
                store.putEntry(nodeKey, observed.getEntryId(), null);
            } else {
                EntryIssuance issuance = known == null ? EntryIssuance.NONE : known;
                store.putEntry(nodeKey, observed.getEntryId(), issuance.forPod(podUid));
            }
            if (podUid == null) {
                return;
            }
            PodRecord before = podRecord(podUid);
            Instant created = observed.getCreatedAt() == null
                    ? header.getEventTime()
                    : Times.earliest(observed.getCreatedAt(), header.getObservedTime());
            PodRecord after = before.observe(observed, created, header.getEventTime(), header.getId());
            NodeRecord node = store.node(nodeKey);
            if (known != null && node != null && observed.getCreatedAt() != null) {
                conclude(node, node.observeSigning(known.issuing(), observed.getCreatedAt()));
            }
            if (known != null && after.entries().containsKey(observed.getEntryId())) {
                after = after.with(known.applyTo(after.entries().get(observed.getEntryId())));
            }
            conclude(before, after);
        }

        void fetch(EventHeader header, SvidSignal signal) {
            Instant at = header.getEventTime();
            NodeRecord before = record(header);
            NodeRecord heard = signal.getKind() == SvidSignalKind.ISSUED ? served(before, header) : before;
            LogVoice voice = voice(before, header, LogVoice.isVoice(signal.getKind()));
            boolean signed = signal.getKind() == SvidSignalKind.ISSUED && !LogVoice.isLog(header.getSource());
            conclude(before, Signals.apply(heard.heard(at), signal, at).with(signed ? voice.owes(now) : voice));
            if (signal.getEntryId() != null) {
                issuance(signal, at, header.getId());
            } else if (signal.getPodUid() != null) {
                PodRecord pod = store.pod(nodeKey, signal.getPodUid());
                if (pod != null) {
                    PodRecord asked = pod.with(Signals.apply(pod.fetches(), signal, at, header.getId()))
                            .with(Signals.apply(
                                    pod.requests(), signal, at, before.process().startedAt()));
                    conclude(pod, asked.attestedAs(signal.getSelectors()));
                }
            }
        }

        private void issuance(SvidSignal signal, Instant at, String fact) {
            EntryIssuance known = store.entry(nodeKey, signal.getEntryId());
            if (known == null && !coverage.entries()) {
                return; // nobody lists entries: none would ever be forgotten
            }
            EntryIssuance issued = Signals.apply(known == null ? EntryIssuance.NONE : known, signal, at, fact);
            store.putEntry(nodeKey, signal.getEntryId(), issued);
            PodRecord pod = issued.podUid() == null ? null : store.pod(nodeKey, issued.podUid());
            if (pod != null && pod.entries().containsKey(signal.getEntryId())) {
                PodRecord signed = pod.with(issued.applyTo(pod.entries().get(signal.getEntryId())));
                conclude(pod, lost(pod, known, signal, at) ? signed.entryRegained(at) : signed);
            }
        }

        /** A renewal names the SVID that it replaces; only a first signature of an entry that was signed before is odd. */
        private boolean lost(PodRecord pod, EntryIssuance known, SvidSignal signal, Instant at) {
            return signal.getKind() == SvidSignalKind.ISSUING
                    && signal.getExpiresAt() == null
                    && known != null
                    && EntryFlaps.lostBetween(known.issuing(), at, pod, store.node(nodeKey));
        }

        void agent(EventHeader header, Object body) {
            if (body instanceof AgentListed listed && follows(listed.getDeleted())) {
                return;
            }
            NodeRecord before = record(header);
            if (body instanceof AgentListed listed) {
                conclude(before, before.observe(listed, header.getObservedTime(), header.getId()));
            } else if (body instanceof AgentStatus status) {
                conclude(before, before.observe(status, header.getEventTime()));
            } else if (body instanceof AgentSignal signal) {
                NodeRecord heard = SERVED.contains(signal.getKind()) ? served(before, header) : before;
                LogVoice voice = voice(before, header, LogVoice.isVoice(signal.getKind()));
                conclude(
                        before,
                        heard.observe(signal, header.getEventTime(), header.getId())
                                .with(voice));
            } else if (body instanceof SourceFailure failure && STATUS_POLLS.contains(failure.getOperation())) {
                conclude(before, before.pollFailed());
            }
        }

        private LogVoice voice(NodeRecord node, EventHeader header, boolean told) {
            return told && LogVoice.isLog(header.getSource()) ? node.voice().told(now) : node.voice();
        }

        private static NodeRecord served(NodeRecord node, EventHeader header) {
            return node.with(node.contact().served(header.getSource(), header.getEventTime()));
        }

        /** The agent of a node that is gone goes after it, and must not bring its record back. */
        private boolean follows(boolean deleted) {
            return deleted && store.node(nodeKey) == null;
        }

        private NodeRecord record(EventHeader header) {
            NodeRecord known = store.node(nodeKey);
            return known != null
                    ? known
                    : NodeRecord.named(header.getCluster(), nodeKey.substring(nodeKey.indexOf('/') + 1));
        }

        private PodRecord podRecord(String uid) {
            PodRecord known = store.pod(nodeKey, uid);
            return known == null ? PodRecord.unseen(uid) : known;
        }

        private void conclude(NodeRecord before, NodeRecord observed) {
            NodeRecord listened = LogVoice.judged(observed, coverage, now);
            NodeRecord after = ServerContact.judged(listened, listened.voice().heard(coverage), now);
            store.reschedule(
                    nodeKey,
                    NODE_CHECK,
                    before.contact().nextCheck(),
                    after.contact().nextCheck());
            if (transitions.tellsMore(before, after)) {
                told.add(transitions.node(after, now));
                store.putNode(nodeKey, after.nextRevision());
            } else {
                if (Transitions.synchronisedAnew(before, after)) {
                    told.add(transitions.synchronised(after, now));
                }
                store.putNode(nodeKey, after);
            }
        }

        void conclude(PodRecord before, PodRecord after) {
            NodeRecord node = store.node(nodeKey);
            if (after.pod() == null) {
                boolean forgotten = after.entries().isEmpty();
                store.putPod(nodeKey, after.uid(), forgotten ? null : after);
                return;
            }
            NodeRecord where = node == null ? NodeRecord.named("", nodeKey.substring(nodeKey.indexOf('/') + 1)) : node;
            Coverage seen = where.voice().heard(coverage);
            Standing standing = chain.evaluate(after, where, seen, now, this::neighbours);
            Standing old = before.standing();
            boolean tell = standing.tellsMoreThan(old);
            PodRecord concluded = after.with(tell ? standing.emitted() : standing);
            if (tell) {
                told.add(transitions.pod(concluded, where, nodeKey, now, late, seen.sources()));
            }
            store.putPod(nodeKey, after.uid(), concluded);
            store.reschedule(nodeKey, after.uid(), old.nextCheck(), standing.nextCheck());
        }

        private List<PodRecord> neighbours() {
            return store.pods(nodeKey).stream()
                    .map(uid -> store.pod(nodeKey, uid))
                    .toList();
        }

        private void podGone(String uid) {
            PodRecord before = store.pod(nodeKey, uid);
            if (before == null) {
                return;
            }
            if (before.pod() != null && before.standing().revision() > 0) {
                told.add(transitions.podGone(before, nodeKey, now));
            }
            store.reschedule(nodeKey, uid, before.standing().nextCheck(), null);
            PodRecord rest = before.withoutPod();
            store.putPod(nodeKey, uid, rest.entries().isEmpty() ? null : rest);
        }
    }
}
